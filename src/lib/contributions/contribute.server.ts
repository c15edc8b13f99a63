import { and, count, eq, gt } from 'drizzle-orm';
import { holdDocument } from '#lib/documents/hold.server.ts';
import { Invalid, TooMany } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { holdIfNew } from './holding.server.ts';
import { TERMS_VERSION, type CapacityStamp } from './kinds.ts';
import { requireOpen } from './scene.server.ts';
import { contribution, type ContributionRow } from './schema.server.ts';
import { keepSearchable } from './searchable.server.ts';

/** What a new contribution is, before the house adds who, when and whether it waits. */
export type Draft = Pick<ContributionRow, 'kind' | 'targetType' | 'targetId' | 'body'> &
	Partial<ContributionRow> & { documentId: string; idempotencyKey: string };

const A_MINUTE = 60_000;
const A_DAY = 86_400_000;
/** What is written together with a new contribution, and in which transaction. */
export interface Together {
	also?: (tx: Db, row: ContributionRow) => Promise<void>;
	within?: <Result>(work: (tx: Db) => Promise<Result>) => Promise<Result>;
}

/** Enough for the quickest typist; an annoyance to a script (C10). */
const PACE = [
	{ within: A_MINUTE, most: 10 },
	{ within: A_DAY, most: 100 }
];

/**
 * Writes one contribution with its event (C11), held or published (C7). The same key by the same
 * person again gives the first row back (C9). Closed `document_closed` when the text closed meanwhile (C1).
 */
export async function contribute(
	house: House,
	actor: SignedIn,
	draft: Draft,
	capacityId?: string,
	{ also, within = (work) => house.store.transact(work) }: Together = {}
): Promise<ContributionRow> {
	const now = house.clock();
	const capacity = stampOf(actor, capacityId);
	const { row, fresh } = await within(async (tx) => {
		const earlier = await byKey(tx, actor.person.id, draft.idempotencyKey);
		if (earlier) return { row: earlier, fresh: false };
		// The stage may have closed since it was looked at: what is written now is written before, or not at all.
		requireOpen(house, actor, await holdDocument(tx, draft.documentId));
		await keepPace(tx, actor.person.id, now);
		const id = newId(now);
		const status = (await holdIfNew(tx, house, actor, id, now)) ? 'held' : 'published';
		const [row] = await tx
			.insert(contribution)
			.values({
				wholeBlock: false,
				...draft,
				id,
				status,
				capacity,
				personId: actor.person.id,
				termsVersion: TERMS_VERSION,
				createdAt: now,
				changedAt: now
			})
			.onConflictDoNothing()
			.returning();
		// Another node may have written the same key since we looked.
		if (!row) throw new SentTwice();
		if (row.parentId) await touch(tx, row.parentId, now);
		await appendEvent(tx, {
			at: now,
			personId: actor.person.id,
			verb: row.parentId ? 'contribution.replied' : 'contribution.made',
			targetType: 'contribution',
			targetId: id,
			documentId: row.documentId,
			detail: { kind: row.kind, status, parentId: row.parentId }
		});
		await keepSearchable(tx, row);
		await also?.(tx, row);
		return { row, fresh: true };
	}).catch(async (error: unknown) => {
		const row =
			error instanceof SentTwice &&
			(await byKey(house.store.db, actor.person.id, draft.idempotencyKey));
		if (!row) throw error;
		return { row, fresh: false };
	});
	if (fresh) announce(house, row);
	return row;
}

/** Rolls the transaction back, so that nothing of the second sending stays. */
class SentTwice extends Error {}

/** The row a person already made with this key. */
export async function byKey(
	db: Db,
	personId: string,
	idempotencyKey: string
): Promise<ContributionRow | undefined> {
	const [row] = await db
		.select()
		.from(contribution)
		.where(
			and(eq(contribution.personId, personId), eq(contribution.idempotencyKey, idempotencyKey))
		);
	return row;
}

/** Marks a thread as changed, so that live pages ask for it again. */
export async function touch(tx: Db, id: string, at: number): Promise<void> {
	await tx.update(contribution).set({ changedAt: at }).where(eq(contribution.id, id));
}

/** Tells open pages of the document; called after the commit. */
export function announce(house: House, row: Pick<ContributionRow, 'documentId' | 'id'>): void {
	if (row.documentId === null) return;
	house.bus.announce('contribution', { documentId: row.documentId, contributionId: row.id });
}

/** The capacity spoken in: the one chosen, else as a citizen, which everybody is. Invalid `capacity_not_yours`. */
export function stampOf(actor: Actor, capacityId: string | undefined): CapacityStamp {
	if (!capacityId || capacityId === 'citizen')
		return { kind: 'citizen', orgId: null, orgName: null };
	const chosen = actor.capacities.find((one) => one.id === capacityId);
	if (!chosen) throw new Invalid('capacity_not_yours', { field: 'capacity' });
	return { kind: chosen.kind, orgId: chosen.orgId, orgName: chosen.orgName };
}

async function keepPace(tx: Db, personId: string, now: number): Promise<void> {
	for (const { within, most } of PACE) {
		const [row] = await tx
			.select({ made: count() })
			.from(contribution)
			.where(and(eq(contribution.personId, personId), gt(contribution.createdAt, now - within)));
		if (row && row.made >= most) {
			throw new TooMany('too_many_remarks', { seconds: within / 1000, limit: most });
		}
	}
}
