import * as v from 'valibot';
import { KINDS, LANGUAGES, LICENCES } from './kinds.ts';
import { STAGES } from './stages.ts';
import { TEMPLATES } from './templates/names.ts';

/** What people type into the forms of this area. Issue messages are codes of the catalogue. */

const line = (longest: number) =>
	v.pipe(
		v.string('missing'),
		// Line-ends and other control characters have no place in one line of text.
		v.transform((value) => value.replace(/\s+/g, ' ').trim()),
		v.maxLength(longest, 'too_long'),
		v.check((value) => !/\p{Cc}/u.test(value), 'unreadable')
	);

const title = v.pipe(line(160), v.minLength(3, 'title_short'));
const summary = line(300);
const reason = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value.replace(/\r\n?/g, '\n').trim()),
	v.maxLength(2_000, 'too_long')
);
const email = v.pipe(line(254), v.toLowerCase(), v.email('email'));

/** Title and promise of a document. */
export const Words = v.strictObject({ title, summary });
export type Words = v.InferOutput<typeof Words>;

/** Everything a new document needs but its text. */
export const NewDocument = v.strictObject({
	title,
	summary,
	kind: v.picklist(KINDS, 'choose'),
	language: v.picklist(LANGUAGES, 'choose'),
	licence: v.picklist(LICENCES, 'choose')
});
export type NewDocument = v.InferOutput<typeof NewDocument>;

/** What a new text may start from: nothing, a template, or a file. */
export const STARTS = ['blank', ...TEMPLATES, 'file'] as const;

/** The form that starts a document. With a file its title may come from the file. */
export const Start = v.strictObject({
	...NewDocument.entries,
	title: line(160),
	start: v.picklist(STARTS, 'choose')
});
export type Start = v.InferOutput<typeof Start>;

/** A move to another stage. `closes` is the last day of a consultation, `YYYY-MM-DD`, or ''. */
export const Move = v.strictObject({
	to: v.picklist(STAGES, 'choose'),
	reason,
	closes: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^(\d{4}-\d{2}-\d{2})?$/, 'date'),
		v.check((value) => value === '' || !Number.isNaN(Date.parse(value)), 'date')
	)
});
export type Move = v.InferOutput<typeof Move>;

/** Why a version is kept. */
export const Freeze = v.strictObject({ reason: v.pipe(reason, v.minLength(1, 'reason')) });

/** Somebody to bring in, by the address of their account. */
export const Invite = v.strictObject({
	email,
	part: v.picklist(['co_drafter', 'policy_team'], 'choose')
});
export type Invite = v.InferOutput<typeof Invite>;

/** Somebody to let go. */
export const Removal = v.strictObject({
	person: v.pipe(v.string('missing'), v.minLength(1, 'missing'), v.maxLength(40, 'missing')),
	part: v.picklist(['co_drafter', 'policy_team'], 'choose')
});
export type Removal = v.InferOutput<typeof Removal>;
