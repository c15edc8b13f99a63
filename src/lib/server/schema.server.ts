import { index, int, json, table, text, uniqueIndex } from './db/columns.ts';

/** Who did what, when: append-only, written in the same transaction as the change it tells of. */
export const event = table(
	'event',
	{
		id: text('id').primaryKey(),
		at: int('at').notNull(),
		personId: text('person_id'),
		/** Verb in the past tense, e.g. `document.created`. */
		verb: text('verb').notNull(),
		targetType: text('target_type').notNull(),
		targetId: text('target_id').notNull(),
		/** The document it happened on or in, so that one read gives a document's story. */
		documentId: text('document_id'),
		detail: json('detail').$type<Record<string, unknown>>()
	},
	(t) => [
		index('event_target').on(t.targetType, t.targetId),
		index('event_document').on(t.documentId, t.at, t.id),
		index('event_person').on(t.personId, t.at)
	]
);

/** Counters of the rate limits; in the database so that a restart forgives nothing. */
export const rateLimit = table(
	'rate_limit',
	{
		key: text('key').notNull(),
		/** Start of the window, ms. */
		windowStart: int('window_start').notNull(),
		hits: int('hits').notNull(),
		expiresAt: int('expires_at').notNull()
	},
	(t) => [
		uniqueIndex('rate_limit_key').on(t.key, t.windowStart),
		index('rate_limit_expiry').on(t.expiresAt)
	]
);

/** Small settings an administrator may change while the house runs. */
export const setting = table('setting', {
	key: text('key').primaryKey(),
	value: json('value').$type<unknown>(),
	changedAt: int('changed_at').notNull(),
	changedBy: text('changed_by')
});
