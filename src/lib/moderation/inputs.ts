import * as v from 'valibot';

const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/));
const reason = v.optional(v.pipe(v.string(), v.maxLength(20_000)), '');

/** A moderator's decision on one contribution. Whether the reason will do is said by the use-case. */
export const Decision = v.strictObject({ id, reason });
export type Decision = v.InferInput<typeof Decision>;

/** The queue's address; anything odd falls back to the usual. */
export const QueueQuery = v.object({
	show: v.fallback(v.optional(v.picklist(['held', 'hidden']), 'held'), 'held'),
	page: v.fallback(
		v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
		1
	),
	item: v.fallback(v.optional(id), undefined)
});
export type QueueQuery = v.InferOutput<typeof QueueQuery>;
