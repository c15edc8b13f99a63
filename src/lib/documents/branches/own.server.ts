import { and, asc, eq } from 'drizzle-orm';
import * as Y from 'yjs';
import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { LiveEngine } from '../live/engine.server.ts';
import { readHead, readRows } from '../live/log.server.ts';
import { documentUpdate } from '../live/schema.server.ts';
import { typedText } from '../live/typed.ts';
import { branchUpdate, mustBeWhole, openBranch, sizeOf, type BranchSize } from './branch.ts';
import type { BranchRow } from './schema.server.ts';

/** A branch as it is committed, on the main text as it stands now. */
export interface Own {
	/** The main text it was read on. */
	main: { epoch: number; seq: number; state: Uint8Array };
	/** The last row of the branch's own log that is in it. */
	seq: number;
	/** What it adds to the main text. */
	update: Uint8Array;
	size: BranchSize;
}

/**
 * Reads what a branch adds to the main text of this moment, from its log. Conflict `branch_outdated`
 * when the main text was rebuilt since (L6).
 */
export async function ownOf(
	house: House,
	live: Pick<LiveEngine, 'stateOf'>,
	{ id, documentId, epoch }: Pick<BranchRow, 'id' | 'documentId' | 'epoch'>
): Promise<Own> {
	const main = await live.stateOf(documentId);
	if (main.epoch !== epoch) throw new Conflict('branch_outdated');
	const rows = await readRows(house.store.db, id, epoch, 0);
	const opened = openBranch(main.bytes);
	opened.doc.transact(() => {
		for (const { update } of rows) Y.applyUpdate(opened.doc, update, 'branch');
	});
	mustBeWhole(opened.doc);
	return {
		main: { epoch: main.epoch, seq: main.seq, state: main.bytes },
		seq: rows.at(-1)?.seq ?? 0,
		update: branchUpdate(opened),
		size: sizeOf(opened)
	};
}

/** The last row of a branch's log. */
export async function lastRowOf(db: Db, branchId: string): Promise<number> {
	return (await readHead(db, branchId))?.seq ?? 0;
}

/** Everything one person typed on a branch, in the order it was typed: theirs whatever becomes of it (L5). */
export async function wordsTypedOn(db: Db, branchId: string, personId: string): Promise<string> {
	const rows = await db
		.select({ update: documentUpdate.update })
		.from(documentUpdate)
		.where(
			and(
				eq(documentUpdate.documentId, branchId),
				eq(documentUpdate.personId, personId),
				eq(documentUpdate.erased, false)
			)
		)
		.orderBy(asc(documentUpdate.seq));
	return typedText(rows.map(({ update }) => update));
}
