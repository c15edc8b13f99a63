import { and, eq } from 'drizzle-orm';
import { Invalid, NotFound } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { Actor, CapacityKind } from './actor.ts';
import { findPerson, requireAdmin } from './admins.server.ts';
import { capacity, org } from './schema.server.ts';

/** Lets somebody speak in a capacity at an Org; saying it twice changes nothing. For administrators. */
export async function grantCapacity(
	house: House,
	actor: Actor,
	personId: string,
	given: { kind: CapacityKind; orgId: string | null }
): Promise<void> {
	const by = requireAdmin(actor).person.id;
	await house.store.transact(async (tx) => {
		await findPerson(tx, personId);
		if (given.orgId !== null) {
			const rows = await tx.select({ id: org.id }).from(org).where(eq(org.id, given.orgId));
			if (rows.length === 0) throw new NotFound('org_not_found');
		}
		await addCapacity(tx, { personId, ...given, by, at: house.clock() });
	});
	house.bus.announce('rights', { personId });
}

/** Takes a capacity back; being a citizen cannot be taken. For administrators. */
export async function withdrawCapacity(
	house: House,
	actor: Actor,
	personId: string,
	capacityId: string
): Promise<void> {
	const by = requireAdmin(actor).person.id;
	await house.store.transact(async (tx) => {
		const [row] = await tx
			.select()
			.from(capacity)
			.where(and(eq(capacity.id, capacityId), eq(capacity.personId, personId)));
		if (!row) throw new NotFound('capacity_not_found');
		if (row.kind === 'citizen') throw new Invalid('capacity_citizen');
		await tx.delete(capacity).where(eq(capacity.id, capacityId));
		await appendEvent(tx, {
			at: house.clock(),
			personId: by,
			verb: 'capacity.withdrawn',
			targetType: 'person',
			targetId: personId,
			detail: { capacity: row.kind, orgId: row.orgId || null }
		});
	});
	house.bus.announce('rights', { personId });
}

/** A capacity to be given: to whom, as what, where, by whom (null: the house itself), when. */
export interface NewCapacity {
	personId: string;
	kind: CapacityKind;
	orgId: string | null;
	by: string | null;
	at: number;
}

/** Gives a capacity inside another use-case's transaction. P8: all but citizen are held at an Org. */
export async function addCapacity(tx: Db, given: NewCapacity): Promise<void> {
	const { personId, kind, orgId, by, at } = given;
	if ((kind === 'citizen') !== (orgId === null))
		throw new Invalid('capacity_org', { field: 'org' });
	const [row] = await tx
		.insert(capacity)
		.values({ id: newId(at), personId, kind, orgId: orgId ?? '', grantedAt: at, grantedBy: by })
		.onConflictDoNothing()
		.returning({ id: capacity.id });
	if (!row) return;
	await appendEvent(tx, {
		at,
		personId: by,
		verb: 'capacity.granted',
		targetType: 'person',
		targetId: personId,
		detail: { capacity: kind, orgId }
	});
}
