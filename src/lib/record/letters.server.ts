import { and, asc, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import type { SignedIn } from '#lib/people/actor.ts';
import { isSignedIn } from '#lib/people/policy.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { publicAddress } from '#lib/server/config.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { Wishes } from './kinds.ts';
import { composeLetter } from './letters.ts';
import { gather, linesOf } from './lines.server.ts';
import { mail, notification, notificationSetting, type NotificationRow } from './schema.server.ts';
import { visibleTo, WITH } from './visible.server.ts';
import { wishesOfOne } from './wishes.server.ts';
import { afterQuiet } from './wishes.ts';

/** What one letter tells; the rest is a number. */
const MOST_LINES = 20;
/** What one letter can be about, at most. */
const MOST_NEWS = 1_000;
const PEOPLE_AT_ONCE = 200;

/** Writes the letters whose time has come, one for each person (N6, N7); returns how many. */
export async function writeLetters(house: House): Promise<number> {
	let written = 0;
	let after = '';
	for (;;) {
		const due = await house.store.db
			.selectDistinct({ personId: notification.personId })
			.from(notification)
			.where(and(lte(notification.mailAt, house.clock()), gt(notification.personId, after)))
			.orderBy(asc(notification.personId))
			.limit(PEOPLE_AT_ONCE);
		for (const { personId } of due) if (await writeLetter(house, personId)) written += 1;
		if (due.length < PEOPLE_AT_ONCE) return written;
		after = due.at(-1)!.personId;
	}
}

/** Whether there was something to write, and nobody else wrote it meanwhile. */
async function writeLetter(house: House, personId: string): Promise<boolean> {
	const now = house.clock();
	const actor = await actorOf(house, personId);
	const { wishes } = await wishesOfOne(house.store.db, personId);
	if (!isSignedIn(actor) || wishes.mail === 'never') return putOff(house, personId, null);
	// It may have been due before, while the house was not running.
	const time = afterQuiet(wishes, now);
	if (time > now) return putOff(house, personId, time);
	const news = await newsFor(house, actor);
	if (news.length === 0) return putOff(house, personId, null);
	return post(house, actor, wishes, news);
}

async function putOff(house: House, personId: string, mailAt: number | null): Promise<false> {
	const due = and(eq(notification.personId, personId), lte(notification.mailAt, house.clock()));
	await house.store.transact(async (tx) => {
		await tx.update(notification).set({ mailAt }).where(due);
	});
	return false;
}

/** Everything unread that waits for a letter and that this person may see now (N3). */
async function newsFor(house: House, actor: SignedIn): Promise<NotificationRow[]> {
	const rows = await house.store.db
		.select({ row: notification })
		.from(notification)
		.leftJoin(document, WITH.document)
		.leftJoin(contribution, WITH.contribution)
		.where(
			and(
				await visibleTo(house, actor),
				isNotNull(notification.mailAt),
				isNull(notification.readAt)
			)
		)
		.orderBy(asc(notification.id))
		.limit(MOST_NEWS);
	return rows.map(({ row }) => row);
}

async function post(
	house: House,
	{ person }: SignedIn,
	wishes: Wishes,
	news: NotificationRow[]
): Promise<boolean> {
	const now = house.clock();
	const groups = gather(news);
	const id = newId(now);
	const origin = publicAddress(house.config);
	// The secret is made when the letter goes out; until then its own id keeps the place.
	const unsubscribe = unsubscribePath(id);
	const letter = composeLetter({
		name: person.name,
		locale: person.locale === 'fr' ? 'fr' : 'en',
		lines: await linesOf(house.store.db, groups.slice(0, MOST_LINES)),
		more: Math.max(0, groups.length - MOST_LINES),
		rhythm: wishes.mail === 'never' ? 'daily' : wishes.mail,
		...{ origin, unsubscribe }
	});
	const headers = {
		'List-Unsubscribe': `<${origin}${unsubscribe}>`,
		'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
		'Auto-Submitted': 'auto-generated'
	};
	return house.store
		.transact(async (tx) => {
			const ids = news.map((row) => row.id);
			const taken = await tx
				.update(notification)
				.set({ mailAt: null, mailedAt: now })
				.where(and(inArray(notification.id, ids), isNotNull(notification.mailAt)))
				.returning({ id: notification.id });
			if (taken.length < ids.length) throw new WrittenMeanwhile();
			// What is due and left is nothing they may see: it is no reason for a letter.
			await tx
				.update(notification)
				.set({ mailAt: null })
				.where(and(eq(notification.personId, person.id), lte(notification.mailAt, now)));
			await tx
				.update(notificationSetting)
				.set({ lastDigestAt: now })
				.where(eq(notificationSetting.personId, person.id));
			await tx.insert(mail).values({
				...{ id, ...letter, headers, personId: person.id, to: person.email },
				...{ createdAt: now, nextAt: now, attempts: 0, caught: false }
			});
			return true;
		})
		.catch((error: unknown) => {
			if (error instanceof WrittenMeanwhile) return false;
			throw error;
		});
}

/** Another process wrote to this person, or they read it: nothing of this letter stays. */
class WrittenMeanwhile extends Error {}

/** The path by which one letter ends all letters. */
export function unsubscribePath(secret: string): string {
	return `/unsubscribe/${secret}`;
}
