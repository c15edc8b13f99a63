import * as v from 'valibot';
import { SAID_KINDS } from './kinds.ts';
import { QUOTE_MAX } from './locate.ts';

/** What the forms and endpoints of this area take. Unknown keys are refused (strict objects). */

/** Length and emptiness are said in the person's language by `readWords`; this only keeps floods out. */
const body = v.pipe(v.string(), v.maxLength(50_000));
const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/));
/** Made by the form when it is shown, so that sending it twice is told apart from saying it twice. */
const key = v.pipe(v.string(), v.regex(/^[0-9A-Za-z-]{8,64}$/));
const capacity = v.optional(v.union([v.literal(''), id]));
const index = v.pipe(
	v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/))]),
	v.transform(Number),
	v.integer(),
	v.minValue(0)
);
const around = v.optional(v.pipe(v.string(), v.maxLength(200)), '');

const field = (most: number) => v.optional(v.pipe(v.string(), v.maxLength(most)), '');
/** What it is, and what its kind asks for besides words; `details.ts` says which belongs to which. */
const said = {
	kind: v.optional(v.picklist(SAID_KINDS), 'annotation'),
	source: field(2_000),
	url: field(4_000),
	category: field(40),
	likelihood: field(1),
	impact: field(1)
};

/** On chosen words, as the reader saw them. */
export const OnWords = v.strictObject({
	from: index,
	to: index,
	quote: v.pipe(v.string(), v.maxLength(QUOTE_MAX * 2)),
	prefix: around,
	suffix: around,
	seq: index,
	...said,
	body,
	key,
	capacity
});

/** On a whole clause, or on words of it typed or copied: the way without a mouse or JavaScript. */
export const OnBlock = v.strictObject({
	block: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
	/** Only these words of it; empty: all of it. */
	quote: v.optional(v.pipe(v.string(), v.maxLength(QUOTE_MAX * 2)), ''),
	...said,
	body,
	key,
	capacity
});

export const Reply = v.strictObject({ id, body, key, capacity });
/** What a form leaves out stays: an edit of the words alone does not touch the rest. */
const again = (most: number) => v.optional(v.pipe(v.string(), v.maxLength(most)));
export const Edit = v.strictObject({
	id,
	body,
	source: again(2_000),
	url: again(4_000),
	category: again(40),
	likelihood: again(1),
	impact: again(1)
});
export const Aim = v.strictObject({ id });

/** That one says the same as another: its id, or the address of its page. */
export const Merge = v.strictObject({
	id,
	into: v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(500),
		v.transform((text) => /([0-9a-z]{20})(?:[?#].*)?$/.exec(text)?.[1] ?? ''),
		v.minLength(1)
	)
});

/** Words somebody is writing, to be compared with what was said. */
export const Alike = v.strictObject({ words: v.pipe(v.string(), v.maxLength(50_000)) });

/** A box that is ticked, as a form sends it. */
const ticked = v.optional(
	v.union([
		v.boolean(),
		v.pipe(
			v.picklist(['on', 'true']),
			v.transform(() => true)
		)
	]),
	false
);

/** A branch to be published as a suggestion. */
export const Publish = v.strictObject({ reason: body, capacity, key, termsAccepted: ticked });
export type PublishInput = v.InferOutput<typeof Publish>;

/** A clause in other words, as somebody sends it whose page runs no script. */
export const InWords = v.strictObject({
	block: v.pipe(v.string(), v.minLength(1), v.maxLength(80)),
	words: body,
	/** The row of the text that the form showed. */
	seq: index,
	reason: body,
	capacity,
	key,
	termsAccepted: ticked
});
export type InWordsInput = v.InferOutput<typeof InWords>;

/** What the use-cases take: optional fields may be left out. */
export type AnnotateInput = v.InferInput<typeof OnWords> | v.InferInput<typeof OnBlock>;
export type ReplyInput = v.InferInput<typeof Reply>;

/** Which threads a list shows. */
export const SHOWS = ['open', 'resolved', 'changed', 'orphaned', 'mine', 'all'] as const;
export type Show = (typeof SHOWS)[number];
export const ORDERS = ['place', 'newest'] as const;
export type Order = (typeof ORDERS)[number];

/** The number of a page in an address. */
const page = v.fallback(
	v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
	1
);

/** The list's address: anything odd falls back to the usual, since people edit addresses by hand. */
export const ListQuery = v.object({
	show: v.fallback(v.optional(v.picklist(SHOWS), 'open'), 'open'),
	order: v.fallback(v.optional(v.picklist(ORDERS), 'place'), 'place'),
	page,
	block: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(80))), undefined),
	kind: v.fallback(v.optional(v.picklist(SAID_KINDS)), undefined),
	/** Words to be found in the thread. */
	q: v.fallback(v.optional(v.pipe(v.string(), v.trim(), v.maxLength(200))), undefined)
});
export type ListQuery = v.InferOutput<typeof ListQuery>;

const reply = v.fallback(v.optional(v.pipe(v.string(), v.maxLength(80))), undefined);
/** The address of a thread's page: a page of its replies, or the one with the reply that is told of or edited. */
export const ThreadQuery = v.object({ replies: page, reply, edit: reply });
