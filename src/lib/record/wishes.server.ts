import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import { Forbidden } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import { isSignedIn } from '#lib/people/policy.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { DEFAULT_WISHES, type Wishes } from './kinds.ts';
import { notification, notificationSetting } from './schema.server.ts';
import { letterTime } from './wishes.ts';

/** What somebody wants, and when their last letter was written. */
export interface Known {
	wishes: Wishes;
	lastLetterAt: number | null;
}

/** How many ids one statement names. */
const AT_ONCE = 500;

/** How these people want to be told; whoever never said is absent, and has the defaults. */
export async function wishesOf(db: Db, personIds: string[]): Promise<Map<string, Known>> {
	const known = new Map<string, Known>();
	for (let at = 0; at < personIds.length; at += AT_ONCE) {
		const rows = await db
			.select()
			.from(notificationSetting)
			.where(inArray(notificationSetting.personId, personIds.slice(at, at + AT_ONCE)));
		for (const { personId, lastDigestAt, mail, quietFrom, quietTo, timeZone, muted } of rows) {
			const wishes = { mail, quietFrom, quietTo, timeZone, muted };
			known.set(personId, { wishes, lastLetterAt: lastDigestAt });
		}
	}
	return known;
}

/** One person's wishes, the defaults where they never said any. */
export async function wishesOfOne(db: Db, personId: string): Promise<Known> {
	const known = (await wishesOf(db, [personId])).get(personId);
	return known ?? { wishes: DEFAULT_WISHES, lastLetterAt: null };
}

/** One's own wishes, and whether one ever said them. @throws Forbidden `sign_in_needed` */
export async function readWishes(
	house: House,
	actor: Actor
): Promise<{ wishes: Wishes; said: boolean }> {
	const { person } = requireSignedIn(actor);
	const known = (await wishesOf(house.store.db, [person.id])).get(person.id);
	return { wishes: known?.wishes ?? DEFAULT_WISHES, said: known !== undefined };
}

/** Says how one wants to be told from now on; letters that wait keep to it as well. */
export async function saveWishes(house: House, actor: Actor, wishes: Wishes): Promise<void> {
	const { person } = requireSignedIn(actor);
	await house.store.transact((tx) => keepWishes(tx, house, person.id, wishes, 'settings'));
}

/** Inside a transaction: keeps the wishes, and gives the news that wait for a letter their new time. */
export async function keepWishes(
	tx: Db,
	house: House,
	personId: string,
	wishes: Wishes,
	by: 'settings' | 'letter'
): Promise<void> {
	const now = house.clock();
	const { lastLetterAt } = await wishesOfOne(tx, personId);
	const values = { ...wishes, changedAt: now };
	await tx
		.insert(notificationSetting)
		.values({ personId, ...values })
		.onConflictDoUpdate({ target: notificationSetting.personId, set: values });
	await tx
		.update(notification)
		.set({ mailAt: letterTime(wishes, now, lastLetterAt) })
		.where(and(eq(notification.personId, personId), isNotNull(notification.mailAt)));
	await appendEvent(tx, {
		at: now,
		personId,
		verb: 'news.wishes_changed',
		targetType: 'person',
		targetId: personId,
		detail: { mail: wishes.mail, muted: wishes.muted.length, by }
	});
}

/** Somebody signed in. @throws Forbidden `sign_in_needed` */
export function requireSignedIn(actor: Actor): SignedIn {
	if (!isSignedIn(actor)) throw new Forbidden('sign_in_needed');
	return actor;
}
