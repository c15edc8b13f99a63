import { asc } from 'drizzle-orm';
import { reply } from '#lib/contributions/annotate.server.ts';
import { meetingWithDesk } from '#lib/decisions/desk.testing.ts';
import type { Config } from '#lib/server/config.ts';
import { readInbox } from './inbox.server.ts';
import { newsSentence } from './lines.ts';
import { Notifier } from './notifier.server.ts';
import { notification } from './schema.server.ts';

/** The meeting of `decisions`, with somebody who reads the record and tells. For tests of this area. */
export async function newsroom(settings: Partial<Config> = {}) {
	const at = await meetingWithDesk(settings);
	const { house, live } = at;
	const notifier = new Notifier(house, live);
	await notifier.start();
	type Name = keyof typeof at.ids;
	return {
		...at,
		notifier,
		/** Looks at what happened until now. */
		tell: () => notifier.sweep(),
		reply: async (name: Name, id: string, body = 'A reply.') => {
			house.time.advance(20_000);
			return reply(house, await at.as(name), { id, body, key: at.key() });
		},
		/** What somebody's news say, latest first. */
		hears: async (name: Name, show: 'all' | 'unread' = 'all') => {
			const { lines } = await readInbox(house, await at.as(name), { show, page: 1 });
			return lines.map((line) => newsSentence(line));
		},
		news: () => house.store.db.select().from(notification).orderBy(asc(notification.id)),
		async close() {
			await notifier.stop();
			await at.close();
		}
	};
}

export type Newsroom = Awaited<ReturnType<typeof newsroom>>;
