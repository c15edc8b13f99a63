import * as v from 'valibot';
import { CONTRIBUTION_KINDS } from '#lib/contributions/kinds.ts';
import { CAPACITY_KINDS } from '#lib/people/actor.ts';

/** What the pages of this area are asked by their addresses: anything odd falls back to the usual. */
export const choice = <const Options extends readonly string[]>(options: Options) =>
	v.fallback(v.optional(v.picklist(options)), undefined);
export const block = v.fallback(
	v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(80))),
	undefined
);
export const page = v.fallback(
	v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
	1
);

export const LEDGER_OUTCOMES = [
	'all',
	'waiting',
	'accepted',
	'partly',
	'declined',
	'noted',
	'merged'
] as const;
export const LEDGER_SORTS = ['newest', 'clause', 'answered'] as const;

export const LedgerQuery = v.object({
	outcome: v.fallback(v.optional(v.picklist(LEDGER_OUTCOMES), 'all'), 'all'),
	kind: choice(CONTRIBUTION_KINDS),
	clause: block,
	capacity: choice(CAPACITY_KINDS),
	sort: v.fallback(v.optional(v.picklist(LEDGER_SORTS), 'newest'), 'newest'),
	page
});
export type LedgerQuery = v.InferOutput<typeof LedgerQuery>;
export type LedgerFilter = Omit<LedgerQuery, 'page'>;

/** The address of a page of the ledger: what is usual is left out. */
export function ledgerSearch(query: Partial<LedgerQuery>): string {
	const usual: Partial<LedgerQuery> = { outcome: 'all', sort: 'newest', page: 1 };
	const search = new URLSearchParams();
	for (const name of ['outcome', 'kind', 'clause', 'capacity', 'sort', 'page'] as const) {
		const value = query[name];
		if (value !== undefined && value !== usual[name]) search.set(name, String(value));
	}
	return search.size > 0 ? `?${search}` : '';
}

/** What the forms and actions of this area take. Unknown keys are refused (strict objects). */
export const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/));
/** Length and emptiness are said in the person's language by `readReason`; this only keeps floods out. */
export const reason = v.optional(v.pipe(v.string(), v.maxLength(40_000)), '');

/** Takes a decision back; `only` one of those it answered, or empty for all. */
export const Undo = v.strictObject({
	decision: id,
	only: v.optional(v.union([v.literal(''), id]), ''),
	reason
});

export const MINE_SHOWS = ['all', 'waiting', 'answered'] as const;
export const MineQuery = v.object({
	show: v.fallback(v.optional(v.picklist(MINE_SHOWS), 'all'), 'all'),
	page
});
export type MineQuery = v.InferOutput<typeof MineQuery>;
