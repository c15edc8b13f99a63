import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { newId } from '#lib/server/ids.ts';
import type { Part } from './parts.ts';
import { party, type Party } from './schema.server.ts';

/** Who takes part in what, and as what: exactly one of person and org. */
export type PartyOf = Pick<Party, 'targetType' | 'targetId' | 'part'> &
	({ personId: string; orgId?: undefined } | { orgId: string; personId?: undefined });

/** Everyone with a part in something, or with one of these parts, longest-standing first. */
export async function partiesOf(
	db: Db,
	targetType: Party['targetType'],
	targetId: string,
	parts?: readonly Part[]
): Promise<Party[]> {
	return db
		.select()
		.from(party)
		.where(
			and(
				eq(party.targetType, targetType),
				eq(party.targetId, targetId),
				parts && inArray(party.part, [...parts])
			)
		)
		.orderBy(party.addedAt, party.id);
}

/** The ids of what a person has one of these parts in, as a subquery for `inArray`. */
export function targetsOf(
	db: Db,
	targetType: Party['targetType'],
	personId: string,
	parts: Iterable<Part>
) {
	return db
		.select({ id: party.targetId })
		.from(party)
		.where(
			and(
				eq(party.targetType, targetType),
				eq(party.personId, personId),
				inArray(party.part, [...parts])
			)
		);
}

/** Gives a part, inside the caller's transaction. False when it was held already. */
export async function addParty(
	tx: Db,
	of: PartyOf,
	added: { by: string | null; at: number }
): Promise<boolean> {
	const rows = await tx
		.insert(party)
		.values({
			id: newId(added.at),
			targetType: of.targetType,
			targetId: of.targetId,
			part: of.part,
			personId: of.personId ?? null,
			orgId: of.orgId ?? null,
			addedBy: added.by,
			addedAt: added.at
		})
		.onConflictDoNothing()
		.returning({ id: party.id });
	return rows.length > 0;
}

/** Takes a part away, inside the caller's transaction. False when it was not held. */
export async function removeParty(tx: Db, of: PartyOf): Promise<boolean> {
	const rows = await tx
		.delete(party)
		.where(
			and(
				eq(party.targetType, of.targetType),
				eq(party.targetId, of.targetId),
				eq(party.part, of.part),
				of.personId === undefined ? eq(party.orgId, of.orgId) : eq(party.personId, of.personId)
			)
		)
		.returning({ id: party.id });
	return rows.length > 0;
}

export type { Party };
