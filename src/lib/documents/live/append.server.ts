import { and, eq } from 'drizzle-orm';
import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { preparedOn, type Prepared } from '#lib/server/live/prepared.ts';
import { documentHead, documentUpdate, type UpdateRow } from './schema.server.ts';

/** Rows per statement on PostgreSQL, which bounds the number of values in one. */
const ROWS_AT_ONCE = 500;

/**
 * Moves the head over rows about to be appended. It must stand where the first of them begins: the
 * chain was computed from there, so anything else means that somebody else wrote this log.
 */
export async function moveHead(tx: Db, rows: UpdateRow[]): Promise<void> {
	const { documentId, epoch, seq } = rows[0]!;
	const last = rows.at(-1)!;
	const moved = (await moveQuickly(tx, rows[0]!, last)) ?? (await move(tx, rows[0]!, last));
	if (!moved)
		throw new Conflict('document_moved', { document: documentId, epoch, expected: seq - 1 });
}

async function move(tx: Db, first: UpdateRow, last: UpdateRow): Promise<boolean> {
	const moved = await tx
		.update(documentHead)
		.set({ seq: last.seq, hash: last.hash, changedAt: last.at })
		.where(
			and(
				eq(documentHead.documentId, first.documentId),
				eq(documentHead.epoch, first.epoch),
				eq(documentHead.seq, first.seq - 1)
			)
		)
		.returning({ seq: documentHead.seq });
	return moved.length > 0;
}

/** Appends rows, of any documents. */
export async function appendRows(tx: Db, rows: UpdateRow[]): Promise<void> {
	if (appendQuickly(tx, rows)) return;
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
		await tx.insert(documentUpdate).values(rows.slice(from, from + ROWS_AT_ONCE));
	}
}

// The same two statements for SQLite, compiled once: building them anew for each frame cost more than
// anything else the engine does.
const MOVE = `UPDATE document_head SET seq = ?, hash = ?, changed_at = ?
	WHERE document_id = ? AND epoch = ? AND seq = ? RETURNING seq`;
const APPEND = `INSERT INTO document_update (document_id, seq, epoch, person_id, session_id, client,
	clock_from, clock_len, bytes, prev_hash, hash, at, erased, branch_id,
	accepted_by, decision_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`;

function moveQuickly(tx: Db, first: UpdateRow, last: UpdateRow): boolean | undefined {
	const statement = preparedOn(tx, MOVE);
	return (
		statement &&
		statement.get(last.seq, last.hash, last.at, first.documentId, first.epoch, first.seq - 1) !==
			undefined
	);
}

function appendQuickly(tx: Db, rows: UpdateRow[]): boolean {
	const statement: Prepared | undefined = preparedOn(tx, APPEND);
	if (!statement) return false;
	for (const row of rows) {
		statement.run(
			row.documentId,
			row.seq,
			row.epoch,
			row.personId,
			row.sessionId,
			row.client,
			row.clockFrom,
			row.clockLen,
			row.update,
			row.prevHash,
			row.hash,
			row.at,
			row.erased ? 1 : 0,
			row.branchId ?? null,
			row.acceptedBy ?? null,
			row.decisionId ?? null
		);
	}
	return true;
}
