import * as v from 'valibot';
import { CONTRIBUTION_KINDS } from '#lib/contributions/kinds.ts';
import { CAPACITY_KINDS } from '#lib/people/actor.ts';
import { ANSWERS } from './kinds.ts';
import { block, choice, id, page, reason } from './inputs.ts';

export const DESK_TABS = ['suggestions', 'remarks'] as const;
export const DESK_SORTS = ['support', 'clause', 'oldest', 'newest'] as const;
const flag = v.pipe(
	v.fallback(v.optional(v.string(), ''), ''),
	v.transform((value) => value !== '')
);
const ids = v.fallback(v.array(id), []);

/** The desk's address: what it lists, and what is picked on it. */
export const DeskQuery = v.object({
	tab: v.fallback(v.optional(v.picklist(DESK_TABS), 'suggestions'), 'suggestions'),
	clause: block,
	kind: choice(CONTRIBUTION_KINDS),
	capacity: choice(CAPACITY_KINDS),
	overlaps: flag,
	sort: v.fallback(v.optional(v.picklist(DESK_SORTS), 'support'), 'support'),
	page,
	/** Everything that the filters leave is picked. */
	all: flag,
	/** The words are edited before they are accepted. */
	edit: flag,
	pick: ids
});
export type DeskQuery = v.InferOutput<typeof DeskQuery>;

/** Reads the desk's query from an address. */
export function deskQuery(search: URLSearchParams): DeskQuery {
	const { pick: _, ...single } = Object.fromEntries(search);
	return v.parse(DeskQuery, { ...single, pick: [...new Set(search.getAll('pick'))] });
}

/** The address of the desk with a query: what is usual is left out. */
export function deskSearch(query: Partial<DeskQuery>): string {
	const usual: Partial<DeskQuery> = { tab: 'suggestions', sort: 'support', page: 1 };
	const search = new URLSearchParams();
	for (const name of ['tab', 'clause', 'kind', 'capacity', 'sort', 'page'] as const) {
		const value = query[name];
		if (value !== undefined && value !== usual[name]) search.set(name, String(value));
	}
	for (const name of ['overlaps', 'all', 'edit'] as const) if (query[name]) search.set(name, '1');
	for (const one of query.pick ?? []) search.append('pick', one);
	return search.size > 0 ? `?${search}` : '';
}

const words = v.pipe(v.string(), v.maxLength(100_000));

/** The desk is one form with several buttons, so that each of them sends all of its fields. */
const deskForm = {
	/** What is picked. */
	id: v.array(id),
	reason,
	/** A reason at hand, used where none was written. */
	template: v.optional(v.union([v.literal(''), id]), ''),
	/** Those the team was shown to build on words that are gone. */
	stale: v.optional(v.array(id), []),
	/** The form offers the changes of one suggestion one by one, and these are ticked. */
	hunks: v.optional(v.literal('1')),
	hunk: v.optional(v.array(v.pipe(v.string(), v.regex(/^\d{1,10}\.\d{1,10}$/))), []),
	/** The team's own words on top: block by block, as they were shown and as they are now. */
	block: v.optional(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(80))), []),
	was: v.optional(v.array(words), []),
	words: v.optional(v.array(words), [])
};

/** Takes the picked suggestions into the text: whole, some changes of one, or with the team's own on top. */
export const AcceptForm = v.strictObject(deskForm);

/** Answers what is picked in words. */
export const AnswerForm = v.strictObject({
	...deskForm,
	outcome: v.picklist(ANSWERS),
	/** What it rests on: `version:<id>` or `decision:<id>`. */
	cite: v.optional(
		v.union([v.literal(''), v.pipe(v.string(), v.regex(/^(version|decision):[0-9a-z]{1,40}$/))]),
		''
	)
});

/** Keeps a reason at hand, or puts one away. */
export const KeepTemplate = v.strictObject({
	title: v.pipe(v.string(), v.maxLength(400)),
	body: reason
});
export const RetireTemplate = v.strictObject({ template: id });

/** Fields of a form that may occur more than once, as lists. */
const LISTS = new Set(['id', 'stale', 'hunk', 'block', 'was', 'words']);

/** A form of the desk as a plain object: lists where a field may be repeated, the last value elsewhere. */
export function deskFields(form: Iterable<[string, unknown]>): Record<string, unknown> {
	const fields: Record<string, unknown> = {};
	for (const [name, value] of form) {
		if (typeof value !== 'string') continue;
		if (!LISTS.has(name)) fields[name] = value;
		else fields[name] = [...((fields[name] as string[] | undefined) ?? []), value];
	}
	return fields;
}
