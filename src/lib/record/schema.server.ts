import { bool, index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { MailRhythm, NewsDetail, NewsKind } from './kinds.ts';

/** Something that happened which one person should know of. Made from events, never by hand. */
export const notification = table(
	'notification',
	{
		id: text('id').primaryKey(),
		personId: text('person_id').notNull(),
		/** The event it tells of; one event is told to a person once. */
		eventId: text('event_id').notNull(),
		/** What kind of news: what one may mute; see `kinds.ts`. */
		kind: text('kind').$type<NewsKind>().notNull(),
		/** News with the same key that are unread, or were read in one go, are one line for the reader. */
		groupKey: text('group_key').notNull().default(''),
		documentId: text('document_id'),
		targetType: text('target_type').notNull(),
		targetId: text('target_id').notNull(),
		/** Ids and plain facts to build the sentence from; never words of others. */
		detail: json('detail').$type<NewsDetail>().notNull(),
		at: int('at').notNull(),
		readAt: int('read_at'),
		/** When it wants to go out by mail; null: it did, or is not meant to. */
		mailAt: int('mail_at'),
		/** When it went into a letter. */
		mailedAt: int('mailed_at')
	},
	(t) => [
		uniqueIndex('notification_once').on(t.personId, t.eventId),
		index('notification_person').on(t.personId, t.at),
		index('notification_unread').on(t.personId, t.readAt),
		index('notification_due').on(t.mailAt, t.personId)
	]
);

export type NotificationRow = typeof notification.$inferSelect;

/** How one person wants to be told. No row: the defaults. */
export const notificationSetting = table('notification_setting', {
	personId: text('person_id').primaryKey(),
	mail: text('mail').$type<MailRhythm>().notNull(),
	/** Quiet hours, minutes after midnight in the person's time zone; null: none. */
	quietFrom: int('quiet_from'),
	quietTo: int('quiet_to'),
	timeZone: text('time_zone').notNull(),
	/** Kinds of news they do not want at all. */
	muted: json('muted').$type<NewsKind[]>().notNull(),
	/** When their last letter was written. */
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

export type MailRow = typeof mail.$inferSelect;

/** What links in letters carry, hashed, each for one purpose. One that was used goes on answering the same. */
export const mailToken = table(
	'mail_token',
	{
		/** SHA-256 of the secret. */
		id: text('id').primaryKey(),
		purpose: text('purpose').$type<'unsubscribe'>().notNull(),
		personId: text('person_id').notNull(),
		mailId: text('mail_id').notNull(),
		createdAt: int('created_at').notNull(),
		usedAt: int('used_at')
	},
	(t) => [index('mail_token_mail').on(t.mailId), index('mail_token_created').on(t.createdAt)]
);
