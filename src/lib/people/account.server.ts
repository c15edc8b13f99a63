import { eq } from 'drizzle-orm';
import { Forbidden, Invalid, NotFound } from '#lib/errors.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { giveBack, takeFrom } from '#lib/server/limits.ts';
import type { Actor, SignedIn } from './actor.ts';
import type { Caller } from './caller.ts';
import { folded } from './folding.ts';
import { hashPassword, isPassword } from './hashing.server.ts';
import type { Profile } from './inputs.ts';
import { signInLimits } from './limits.ts';
import { passwordProblem } from './passwords.ts';
import { isSignedIn } from './policy.ts';
import { person } from './schema.server.ts';
import { announceEnded, sessionsOf } from './sessions.server.ts';
import type { Session } from './sessions.ts';
import { claimPassword, endSession, recordSession } from './sign-in.server.ts';

/**
 * Changes one's own password after asking for the current one. This session goes on under a new token
 * (the answer); all the others end (P6).
 * @throws Invalid `fields` for a wrong current or an unusable new password, TooMany
 */
export async function changePassword(
	house: House,
	actor: Actor,
	caller: Caller,
	input: { current: string; password: string }
): Promise<{ token: string }> {
	const self = requireSignedIn(actor);
	const problem = passwordProblem(input.password, [self.person.name, self.person.email]);
	if (problem) throw new Invalid('fields', { password: problem });

	const taken = await takeFrom(house, signInLimits(caller, self.person.email));
	const own = eq(person.id, self.person.id);
	const [row] = await house.store.db.select().from(person).where(own);
	const wrong = new Invalid('fields', { current: 'password_wrong' });
	if (!(await isPassword(row?.passwordHash ?? null, input.current))) throw wrong;
	const passwordHash = await hashPassword(input.password);

	const { token, ended } = await house.store.transact(async (tx) => {
		if (!(await claimPassword(tx, self.person.id, row!.passwordHash!))) throw wrong;
		await tx.update(person).set({ passwordHash }).where(own);
		await recordPerson(tx, house, 'person.password_changed', self.person.id);
		const next = self.sessionId ? await sessionsOf(house).rotate(tx, self.sessionId) : null;
		if (!next) throw new Forbidden('signed_out');
		await recordSession(tx, house, 'session.ended', self.sessionId!, self.person.id);
		await recordSession(tx, house, 'session.began', next.session.id, self.person.id);
		const others = await sessionsOf(house).revokeAll(tx, self.person.id, next.session.id);
		for (const id of others) await recordSession(tx, house, 'session.ended', id, self.person.id);
		return { token: next.token, ended: [self.sessionId!, ...others] };
	});
	await giveBack(house, taken);
	announceEnded(house, ended);
	return { token };
}

/** One's own sessions, the one asking marked. */
export async function listSessions(
	house: House,
	actor: Actor
): Promise<(Session & { current: boolean })[]> {
	const self = requireSignedIn(actor);
	const sessions = await sessionsOf(house).list(self.person.id);
	return sessions.map((one) => ({ ...one, current: one.id === self.sessionId }));
}

/** Ends one of one's own sessions; anybody else's is not found. @throws NotFound */
export async function revokeSession(house: House, actor: Actor, sessionId: string): Promise<void> {
	const own = await listSessions(house, actor);
	if (!own.some(({ id }) => id === sessionId)) throw new NotFound('session_not_found');
	await house.store.transact((tx) => endSession(tx, house, sessionId, actor.person!.id));
	announceEnded(house, [sessionId]);
}

/** Ends all of one's sessions, this one too. */
export async function signOutEverywhere(house: House, actor: Actor): Promise<void> {
	const self = requireSignedIn(actor);
	const ended = await house.store.transact(async (tx) => {
		const ids = await sessionsOf(house).revokeAll(tx, self.person.id);
		for (const id of ids) await recordSession(tx, house, 'session.ended', id, self.person.id);
		return ids;
	});
	announceEnded(house, ended);
	house.bus.announce('personEnded', { personId: self.person.id });
}

/** Changes one's own name and language. */
export async function updateProfile(house: House, actor: Actor, input: Profile): Promise<void> {
	const self = requireSignedIn(actor);
	const { name, locale } = input;
	const changed = (['name', 'locale'] as const).filter((key) => self.person[key] !== input[key]);
	if (changed.length === 0) return;
	await house.store.transact(async (tx) => {
		await tx
			.update(person)
			.set({ name, locale, searchText: folded(`${name} ${self.person.email}`) })
			.where(eq(person.id, self.person.id));
		// Which fields, not what they say: names stay out of the record.
		await recordPerson(tx, house, 'person.profile_changed', self.person.id, { changed });
	});
}

function requireSignedIn(actor: Actor): SignedIn {
	if (!isSignedIn(actor)) throw new Forbidden('signed_out');
	return actor;
}

function recordPerson(
	tx: Parameters<typeof appendEvent>[0],
	house: House,
	verb: string,
	personId: string,
	detail: Record<string, unknown> = {}
): Promise<string> {
	const target = { targetType: 'person', targetId: personId };
	return appendEvent(tx, { at: house.clock(), personId, verb, ...target, detail });
}
