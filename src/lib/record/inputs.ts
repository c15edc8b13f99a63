import * as v from 'valibot';
import { MAIL_RHYTHMS, NEWS_KINDS, type NewsKind, type Wishes } from './kinds.ts';
import { isTimeZone, minutesOf } from './wishes.ts';

/** What the forms and addresses of this area take. Unknown keys are refused (strict objects). */

const id = v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/));
const page = v.fallback(
	v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
	1
);

export const NEWS_SHOWS = ['all', 'unread'] as const;
/** The inbox's address: anything odd falls back to the usual, since people edit addresses by hand. */
export const InboxQuery = v.object({
	show: v.fallback(v.optional(v.picklist(NEWS_SHOWS), 'all'), 'all'),
	page
});

export const MAIL_SHOWS = ['all', 'waiting', 'sent', 'caught', 'given_up'] as const;
export type MailShow = (typeof MAIL_SHOWS)[number];
export const MailQuery = v.object({
	show: v.fallback(v.optional(v.picklist(MAIL_SHOWS), 'all'), 'all'),
	page
});

const version = v.fallback(
	v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,5}$/), v.transform(Number))),
	undefined
);
/** A text (that of now when no version is named) and, in it, a character by its block. */
export const ProvenanceQuery = v.object({
	version,
	block: v.fallback(v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(80))), undefined),
	at: v.fallback(v.pipe(v.optional(v.string(), '0'), v.regex(/^\d{1,7}$/), v.transform(Number)), 0)
});

/** The address of such a page, from its question mark on. */
export function provenanceSearch(to: {
	version: number | null;
	block?: string;
	at?: number;
}): string {
	const search = new URLSearchParams();
	if (to.version !== null) search.set('version', String(to.version));
	if (to.block !== undefined) {
		search.set('block', to.block);
		search.set('at', String(to.at ?? 0));
	}
	return search.size > 0 ? `?${search}` : '';
}

/** A piece of news, or the newest of all. */
export const NewsForm = v.strictObject({ id });
export const NoFields = v.strictObject({});

const block = v.pipe(v.string(), v.minLength(1), v.maxLength(80));
/** The document of the page, or one of its clauses. */
export const FollowForm = v.strictObject({ block: v.optional(block) });
/** In the list of everything one follows. */
export const UnfollowForm = v.strictObject({ document: id, block: v.optional(block) });

/** What a mail program sends for its user (RFC 8058), and our own form with it. */
export const UnsubscribeForm = v.strictObject({
	'List-Unsubscribe': v.optional(v.literal('One-Click'))
});

const time = v.union(
	[v.literal(''), v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))],
	'quiet'
);
const ticked = v.pipe(
	v.optional(v.picklist(['on', '']), ''),
	v.transform((value) => value === 'on')
);
const told = Object.fromEntries(NEWS_KINDS.map((kind) => [`tell_${kind}`, ticked])) as Record<
	`tell_${NewsKind}`,
	typeof ticked
>;

/** The settings form; a kind that is not ticked is muted. A message is an error code. */
export const WishesForm = v.strictObject({
	mail: v.picklist(MAIL_RHYTHMS, 'choose'),
	quietFrom: v.optional(time, ''),
	quietTo: v.optional(time, ''),
	timeZone: v.pipe(v.string('zone'), v.maxLength(60, 'zone'), v.check(isTimeZone, 'zone')),
	...told
});

/** The form as wishes; undefined where only one end of the quiet hours is given. */
export function wishesIn(form: v.InferOutput<typeof WishesForm>): Wishes | undefined {
	const { mail, timeZone, quietFrom, quietTo } = form;
	if ((quietFrom === '') !== (quietTo === '')) return undefined;
	const isQuiet = quietFrom !== quietTo;
	return {
		...{ mail, timeZone },
		quietFrom: isQuiet ? minutesOf(quietFrom) : null,
		quietTo: isQuiet ? minutesOf(quietTo) : null,
		muted: NEWS_KINDS.filter((kind) => !form[`tell_${kind}`])
	};
}
