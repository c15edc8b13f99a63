import * as v from 'valibot';
import { RATED_TYPES, type Value } from './ratings.ts';

/** What the forms of this area take. Unknown keys are refused (strict objects). */

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(80));
const capacity = v.optional(v.pipe(v.string(), v.regex(/^[0-9a-z]{0,40}$/)), '');
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
/** Whether a page's script reads the answer, and where a plain form goes back to. */
const back = v.optional(v.picklist(['list', 'thing', 'text']), 'thing');

export const Target = v.strictObject({ type: v.picklist(RATED_TYPES), id });

export const Rate = v.strictObject({
	type: v.picklist(RATED_TYPES),
	id,
	value: v.pipe(
		v.union([v.number(), v.pipe(v.string(), v.regex(/^-?[012]$/))]),
		v.transform((value) => Number(value) as Value),
		v.integer(),
		v.minValue(-2),
		v.maxValue(2)
	),
	/** "… if": in free words, or a suggestion's id. */
	condition: v.optional(v.pipe(v.string(), v.maxLength(5_000)), ''),
	conditionId: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-z]{0,40}$/)), ''),
	capacity,
	/** The hash of the text the person saw; left out, it is the one of now. */
	seen: v.optional(v.union([v.literal(''), hash]), ''),
	back
});
export type RateInput = v.InferInput<typeof Rate>;

export const Unrate = v.strictObject({ type: v.picklist(RATED_TYPES), id, back });
export const Reconfirm = v.strictObject({
	rating: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/)),
	seen: hash,
	back
});
export const Later = v.strictObject({});

export const Moderate = v.strictObject({
	type: v.picklist(RATED_TYPES),
	id,
	words: v.pipe(v.string(), v.minLength(1), v.maxLength(5_000)),
	show: v.picklist(['yes', 'no']),
	reason: v.optional(v.pipe(v.string(), v.maxLength(2_000)), '')
});

/** The list's address: anything odd falls back to the usual, since people edit addresses by hand. */
export const OverviewQuery = v.object({
	kind: v.fallback(v.optional(v.picklist(RATED_TYPES)), undefined),
	page: v.fallback(
		v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
		1
	)
});
export type OverviewQuery = v.InferOutput<typeof OverviewQuery>;
