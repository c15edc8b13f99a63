import { and, asc, count, eq, inArray, isNotNull, isNull, max, or, sql, sum } from 'drizzle-orm';
import type { ContributionKind, Outcome, Status } from '#lib/contributions/kinds.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { CapacityKind } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';

/** A contribution in the ledger in short: enough to filter, count and order. */
export interface Line {
	id: string;
	kind: ContributionKind;
	status: Status;
	outcome: Outcome | null;
	createdAt: number;
	answeredAt: number | null;
	capacity: CapacityKind;
	/** The block it was made on. */
	blockId: string | null;
}

interface Kept {
	stamp: string;
	lines: Line[];
}

const MOST_DOCUMENTS = 50;
const caches = new WeakMap<House['store'], Map<string, Kept>>();

/**
 * The ledger's lines of a document, oldest first (A10): heads of threads that are published, and those
 * that were answered before they were taken back or hidden. Read again only when one came or changed.
 */
export async function linesOn(house: House, documentId: string): Promise<readonly Line[]> {
	const cache = caches.get(house.store) ?? new Map<string, Kept>();
	caches.set(house.store, cache);
	const { db } = house.store;
	const where = and(
		eq(contribution.documentId, documentId),
		isNull(contribution.parentId),
		or(
			eq(contribution.status, 'published'),
			and(inArray(contribution.status, ['withdrawn', 'hidden']), isNotNull(contribution.outcome))
		)
	);
	const [row] = await db
		.select({
			all: count(),
			answered: count(contribution.outcome),
			changed: max(contribution.changedAt),
			times: sum(contribution.createdAt)
		})
		.from(contribution)
		.where(where);
	const stamp = `${row?.all} ${row?.answered} ${row?.changed} ${row?.times}`;
	const kept = cache.get(documentId);
	if (kept?.stamp === stamp) return kept.lines;
	const lines = await db
		.select({
			id: contribution.id,
			kind: contribution.kind,
			status: contribution.status,
			outcome: contribution.outcome,
			createdAt: contribution.createdAt,
			answeredAt: contribution.answeredAt,
			// Both databases know this arrow: one field of a JSON column, as text.
			capacity: sql<CapacityKind>`${contribution.capacity} ->> 'kind'`,
			blockId: sql<string | null>`${contribution.anchor} ->> 'blockId'`
		})
		.from(contribution)
		.where(where)
		.orderBy(asc(contribution.createdAt), asc(contribution.id));
	cache.delete(documentId);
	cache.set(documentId, { stamp, lines });
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	return lines;
}
