import { bool, index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';

/** Something that happened which one person should know of. Made from events, never by hand. */
export const notification = table(
	'notification',
	{
		id: text('id').primaryKey(),
		personId: text('person_id').notNull(),
		/** The event it tells of; one event is told to a person once. */
		eventId: text('event_id').notNull(),
		/** What kind of news, e.g. `answered`, `replied`, `stage`; see `kinds.ts`. */
		kind: text('kind').notNull(),
		documentId: text('document_id'),
		targetType: text('target_type').notNull(),
		targetId: text('target_id').notNull(),
		/** Ids and plain facts to build the sentence from; never words of others. */
		detail: json('detail').$type<Record<string, unknown>>().notNull(),
		at: int('at').notNull(),
		readAt: int('read_at'),
		/** When it went out by mail, or was left out of it on the person's wish. */
		mailedAt: int('mailed_at')
	},
	(t) => [
		uniqueIndex('notification_once').on(t.personId, t.eventId),
		index('notification_person').on(t.personId, t.at),
		index('notification_unmailed').on(t.mailedAt, t.at)
	]
);

/** How one person wants to be told. No row: the defaults. */
export const notificationSetting = table('notification_setting', {
	personId: text('person_id').primaryKey(),
	mail: text('mail').$type<'at_once' | 'daily' | 'weekly' | 'never'>().notNull(),
	/** Quiet hours, minutes after midnight in the person's time zone; null: none. */
	quietFrom: int('quiet_from'),
	quietTo: int('quiet_to'),
	timeZone: text('time_zone').notNull(),
	/** Kinds of news they do not want at all. */
	muted: json('muted').$type<string[]>().notNull(),
	/** What the unsubscribe link carries, hashed. */
	unsubscribeHash: text('unsubscribe_hash'),
	lastDigestAt: int('last_digest_at'),
	changedAt: int('changed_at').notNull()
});

/** Letters waiting to go out, gone out, or given up; without SMTP they stay here to be looked at. */
export const mail = table(
	'mail',
	{
		id: text('id').primaryKey(),
		personId: text('person_id'),
		to: text('to_address').notNull(),
		subject: text('subject').notNull(),
		text: text('text').notNull(),
		html: text('html').notNull(),
		headers: json('headers').$type<Record<string, string>>().notNull(),
		createdAt: int('created_at').notNull(),
		/** When to try (again); null once it is sent, caught or given up. */
		nextAt: int('next_at'),
		attempts: int('attempts').notNull(),
		sentAt: int('sent_at'),
		/** Caught: there is no mail server; it can be read on the house's mail page. */
		caught: bool('caught').notNull(),
		error: text('error')
	},
	(t) => [index('mail_next').on(t.nextAt), index('mail_created').on(t.createdAt)]
);
