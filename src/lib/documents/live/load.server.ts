import { NotFound } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import { brokenAt, digest } from './chain.server.ts';
import { Committed } from './committed.ts';
import { readHead, readRows, readSnapshotBefore, type Head, type Snapshot } from './log.server.ts';
import type { UpdateRow } from './schema.server.ts';
import { SERVER_SESSION } from './writer.server.ts';

/** A document read from the database. */
export interface Loaded {
	text: Committed;
	head: Head;
	/** Rows and bytes that no snapshot holds yet. */
	tailRows: number;
	tailBytes: number;
	/** Of a branch: the main text it lies on, and the row of it that is in `text`. */
	base?: { documentId: string; seq: number };
}

/**
 * Reads a document: its newest sound snapshot and the rows after it. A damaged snapshot raises an
 * alarm in the log and the text is rebuilt from the rows; a damaged row stops the load, because
 * nothing may be appended to a log that cannot be trusted. `under` is what the rows stand on: nothing
 * for a document, the main text for a branch. NotFound when there is no such document.
 */
export async function loadDocument(
	house: House,
	documentId: string,
	under: Uint8Array[] = []
): Promise<Loaded> {
	const { db } = house.store;
	const head = await readHead(db, documentId);
	if (!head) throw new NotFound('document_not_found');
	const newest = await readSnapshotBefore(db, documentId, head.epoch);
	let base = newest;
	while (base && !isSound(house, base)) {
		base = await readSnapshotBefore(db, documentId, head.epoch, base.seq);
	}
	const rows = await readRows(db, documentId, head.epoch, base?.seq ?? 0);
	checkRows(house, head, base, rows);

	const updates = rows.map(({ update }) => update);
	const incomplete = () => damaged(house, head, 'incomplete');
	const text = new Committed([...under, ...(base ? [base.state] : []), ...updates], incomplete);
	// What a text began with is as good as a snapshot of it.
	const tail = newest ? rows : rows.slice(beginning(rows));
	return {
		text,
		head,
		// A damaged snapshot is replaced at the first occasion.
		tailRows: base === newest ? tail.length : Math.max(tail.length, 500),
		tailBytes: tail.reduce((sum, { update }) => sum + update.length, 0)
	};
}

/** How many rows `createText` wrote: they follow each other under one client id, in one moment. */
function beginning(rows: UpdateRow[]): number {
	const [first] = rows;
	const others = rows.findIndex(
		({ at, client, sessionId }) =>
			at !== first!.at || client !== first!.client || sessionId !== SERVER_SESSION
	);
	return others === -1 ? rows.length : others;
}

function isSound(house: House, snapshot: Snapshot): boolean {
	if (digest(snapshot.state).equals(snapshot.checksum)) return true;
	const { documentId, seq } = snapshot;
	house.log.error({ alarm: 'snapshot_damaged', documentId, seq }, 'a stored snapshot is damaged');
	return false;
}

function checkRows(house: House, head: Head, base: Snapshot | undefined, rows: UpdateRow[]): void {
	const broken = brokenAt(rows);
	if (broken !== null) throw damaged(house, head, `row ${broken} does not fit the chain`);
	const last = rows.at(-1);
	const end = last?.seq ?? base?.seq ?? head.seq;
	const fits = !base || !rows[0] || rows[0].seq === base.seq + 1;
	if (!fits || end !== head.seq || (last && !last.hash.equals(head.hash))) {
		throw damaged(house, head, 'rows are missing');
	}
}

function damaged(house: House, { documentId }: Head, reason: string): Error {
	house.log.error({ alarm: 'log_damaged', documentId, reason }, 'a document cannot be opened');
	return new Error(`The log of document ${documentId} is damaged: ${reason}`);
}
