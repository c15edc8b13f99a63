import { and, asc, count, eq, isNull, or } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { Unanswered } from '#lib/documents/moves.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { Waiting } from './views.ts';

/** Heads of threads that are published and have no outcome in force. */
export function isWaiting(documentId: string) {
	return and(
		eq(contribution.documentId, documentId),
		eq(contribution.status, 'published'),
		isNull(contribution.parentId),
		isNull(contribution.outcome)
	);
}

const FIRST = 20;

/** How many contributions to a document wait, and which have waited longest. */
export async function waiting(house: House, documentId: string): Promise<Waiting> {
	const { db } = house.store;
	const [open, first, [all]] = await Promise.all([
		unanswered(db, documentId),
		db
			.select({ id: contribution.id })
			.from(contribution)
			.where(isWaiting(documentId))
			.orderBy(asc(contribution.createdAt), asc(contribution.id))
			.limit(FIRST),
		db
			.select({ total: count() })
			.from(contribution)
			.where(
				and(
					eq(contribution.documentId, documentId),
					eq(contribution.status, 'published'),
					isNull(contribution.parentId)
				)
			)
	]);
	return { ...open, total: all?.total ?? 0, firstIds: first.map(({ id }) => id) };
}

/**
 * What `moveStage` asks before a text closes, inside its transaction (A9). Replies that are held count
 * too: who decides on them may find that they belong in the conversation.
 */
export const unanswered: Unanswered = async (tx: Db, documentId: string) => {
	const rows = await tx
		.select({ status: contribution.status, many: count() })
		.from(contribution)
		.where(
			or(
				isWaiting(documentId),
				and(eq(contribution.documentId, documentId), eq(contribution.status, 'held'))
			)
		)
		.groupBy(contribution.status);
	const of = (status: 'held' | 'published') => rows.find((row) => row.status === status)?.many ?? 0;
	return { count: of('published'), held: of('held') };
};
