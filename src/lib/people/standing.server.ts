import { eq } from 'drizzle-orm';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import type { Actor, Verification } from './actor.ts';
import { findPerson, keepAnAdmin, lockAdmins, requireAdmin } from './admins.server.ts';
import { person } from './schema.server.ts';
import { announceEnded, sessionsOf } from './sessions.server.ts';

/** Says how far the house knows who somebody is. For administrators. */
export async function setVerification(
	house: House,
	actor: Actor,
	personId: string,
	verification: Verification
): Promise<void> {
	await change(house, actor, personId, { verification }, `person.verification_${verification}`);
	house.bus.announce('rights', { personId });
}

/** Closes an account: every session ends, live sockets within a second (P7). For administrators. */
export async function disablePerson(house: House, actor: Actor, personId: string): Promise<void> {
	const by = requireAdmin(actor).person.id;
	const ended = await house.store.transact(async (tx) => {
		await lockAdmins(tx, house.clock());
		await keepAnAdmin(tx, personId);
		const row = await findPerson(tx, personId);
		if (row.status === 'disabled') return [];
		await tx.update(person).set({ status: 'disabled' }).where(eq(person.id, personId));
		await record(tx, house, by, personId, 'person.disabled');
		return sessionsOf(house).revokeAll(tx, personId);
	});
	announceEnded(house, ended);
	house.bus.announce('personEnded', { personId });
	house.bus.announce('rights', { personId });
}

/** Opens a disabled account again; the person signs in anew. For administrators. */
export async function enablePerson(house: House, actor: Actor, personId: string): Promise<void> {
	await change(house, actor, personId, { status: 'active' }, 'person.enabled');
	house.bus.announce('rights', { personId });
}

async function change(
	house: House,
	actor: Actor,
	personId: string,
	values: { verification: Verification } | { status: 'active' },
	verb: string
): Promise<void> {
	const by = requireAdmin(actor).person.id;
	await house.store.transact(async (tx) => {
		const row = await findPerson(tx, personId);
		const same = Object.entries(values).every(([key, value]) => row[key as 'status'] === value);
		if (same) return;
		await tx.update(person).set(values).where(eq(person.id, personId));
		await record(tx, house, by, personId, verb);
	});
}

function record(
	tx: Parameters<typeof appendEvent>[0],
	house: House,
	by: string,
	personId: string,
	verb: string
): Promise<string> {
	const target = { targetType: 'person', targetId: personId };
	return appendEvent(tx, { at: house.clock(), personId: by, verb, ...target });
}
