import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { NO_HASH } from './chain.server.ts';
import { documentHead, documentSnapshot, documentUpdate, type UpdateRow } from './schema.server.ts';

export type Head = typeof documentHead.$inferSelect;
export type Snapshot = typeof documentSnapshot.$inferSelect;

/** Where the document's log stands, or undefined when there is no such document. */
export async function readHead(db: Db, documentId: string): Promise<Head | undefined> {
	const [head] = await db
		.select()
		.from(documentHead)
		.where(eq(documentHead.documentId, documentId));
	return head;
}

/** Starts a log; that of a branch in the epoch of its main text. Conflict when there is one. */
export async function createHead(tx: Db, documentId: string, at: number, epoch = 1): Promise<void> {
	const made = await tx
		.insert(documentHead)
		.values({ documentId, epoch, seq: 0, hash: NO_HASH, changedAt: at })
		.onConflictDoNothing()
		.returning({ id: documentHead.documentId });
	if (made.length === 0) throw new Conflict('document_exists');
}

/** The rows of an epoch after a number, in order. */
export async function readRows(
	db: Db,
	documentId: string,
	epoch: number,
	after: number
): Promise<UpdateRow[]> {
	return db
		.select()
		.from(documentUpdate)
		.where(
			and(
				eq(documentUpdate.documentId, documentId),
				eq(documentUpdate.epoch, epoch),
				gt(documentUpdate.seq, after)
			)
		)
		.orderBy(asc(documentUpdate.seq));
}

/** The newest snapshot of an epoch, or the newest before a number. */
export async function readSnapshotBefore(
	db: Db,
	documentId: string,
	epoch: number,
	before?: number
): Promise<Snapshot | undefined> {
	const [snapshot] = await db
		.select()
		.from(documentSnapshot)
		.where(
			and(
				eq(documentSnapshot.documentId, documentId),
				eq(documentSnapshot.epoch, epoch),
				before === undefined ? undefined : lt(documentSnapshot.seq, before)
			)
		)
		.orderBy(desc(documentSnapshot.seq))
		.limit(1);
	return snapshot;
}

/** Keeps a snapshot and the one before it; older ones go. */
export async function writeSnapshot(tx: Db, snapshot: Snapshot): Promise<void> {
	const { documentId } = snapshot;
	await tx
		.insert(documentSnapshot)
		.values(snapshot)
		.onConflictDoUpdate({
			target: [documentSnapshot.documentId, documentSnapshot.seq],
			set: { state: snapshot.state, checksum: snapshot.checksum, at: snapshot.at }
		});
	const kept = await tx
		.select({ seq: documentSnapshot.seq })
		.from(documentSnapshot)
		.where(eq(documentSnapshot.documentId, documentId))
		.orderBy(desc(documentSnapshot.seq))
		.limit(2);
	await tx
		.delete(documentSnapshot)
		.where(
			and(
				eq(documentSnapshot.documentId, documentId),
				lt(documentSnapshot.seq, kept.at(-1)?.seq ?? snapshot.seq)
			)
		);
}
