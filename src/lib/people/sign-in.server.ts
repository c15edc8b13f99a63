import { and, eq } from 'drizzle-orm';
import { Forbidden, Invalid } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { giveBack, takeFrom } from '#lib/server/limits.ts';
import type { Actor } from './actor.ts';
import type { Caller } from './caller.ts';
import { isPassword } from './hashing.server.ts';
import type { SignIn } from './inputs.ts';
import { signInLimits } from './limits.ts';
import { person } from './schema.server.ts';
import { announceEnded, sessionsOf } from './sessions.server.ts';
import type { Begun } from './sessions.ts';

/**
 * Signs somebody in and gives the token of their new session. A wrong password, an unknown address and
 * an account without password are one answer after one and the same work (P3). The session this browser
 * had before ends (P6).
 * @throws Invalid `sign_in_refused`, Forbidden `account_disabled` (only with the right password), TooMany
 */
export async function signIn(
	house: House,
	actor: Actor,
	caller: Caller,
	input: Pick<SignIn, 'email' | 'password'>
): Promise<{ token: string; personId: string; locale: string }> {
	const taken = await takeFrom(house, signInLimits(caller, input.email));
	const [row] = await house.store.db.select().from(person).where(eq(person.email, input.email));
	if (!(await isPassword(row?.passwordHash ?? null, input.password)) || !row) {
		throw new Invalid('sign_in_refused');
	}
	if (row.status !== 'active') throw new Forbidden('account_disabled');

	const begun = await house.store.transact(async (tx) => {
		// A password changed or an account closed since the check: this also waits for such a change.
		if (!(await claimPassword(tx, row.id, row.passwordHash!))) throw new Invalid('sign_in_refused');
		if (actor.sessionId) await endSession(tx, house, actor.sessionId, row.id);
		return beginSession(tx, house, row.id, caller.device);
	});
	await giveBack(house, taken);
	if (actor.sessionId) announceEnded(house, [actor.sessionId]);
	return { token: begun.token, personId: row.id, locale: row.locale };
}

/** Takes the row of an active person whose password is still the one that was checked. */
export async function claimPassword(tx: Db, personId: string, checked: string): Promise<boolean> {
	const rows = await tx
		.update(person)
		.set({ passwordHash: checked })
		.where(
			and(eq(person.id, personId), eq(person.passwordHash, checked), eq(person.status, 'active'))
		)
		.returning({ id: person.id });
	return rows.length > 0;
}

/** Ends the session this was asked through. A visitor signs out of nothing. */
export async function signOut(house: House, actor: Actor): Promise<void> {
	const { sessionId, person: who } = actor;
	if (!sessionId || !who) return;
	await house.store.transact((tx) => endSession(tx, house, sessionId, who.id));
	announceEnded(house, [sessionId]);
}

/** Begins a session inside a transaction, with its event. */
export async function beginSession(
	tx: Db,
	house: House,
	personId: string,
	device: string
): Promise<Begun> {
	const begun = await sessionsOf(house).create(tx, personId, device);
	await recordSession(tx, house, 'session.began', begun.session.id, personId);
	return begun;
}

/** Ends a session inside a transaction, with its event; announce it after the commit. */
export async function endSession(
	tx: Db,
	house: House,
	sessionId: string,
	by: string
): Promise<void> {
	if (await sessionsOf(house).revoke(tx, sessionId)) {
		await recordSession(tx, house, 'session.ended', sessionId, by);
	}
}

/** Writes down that a session began or ended; the id is a hash that opens nothing. */
export function recordSession(
	tx: Db,
	house: House,
	verb: 'session.began' | 'session.ended',
	sessionId: string,
	personId: string
): Promise<string> {
	const at = house.clock();
	return appendEvent(tx, { at, personId, verb, targetType: 'session', targetId: sessionId });
}
