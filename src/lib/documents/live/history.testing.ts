/** Histories for measurements: rows of the log without the sockets that would have brought them. */
import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import { digest, rowHash } from './chain.server.ts';
import type { UpdateRow } from './schema.server.ts';

/** A busy month of small edits, as the rows the engine would have written. */
export function typedRows(
	documentId: string,
	edits: number,
	personId: string,
	state: Uint8Array,
	last: { hash: Buffer; seq: number; epoch: number }
): UpdateRow[] {
	const doc = new Y.Doc();
	const body = openBody(doc);
	Y.applyUpdate(doc, state);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	let { hash, seq } = last;
	return Array.from({ length: edits }, (_, edit) => {
		const clockFrom = Y.getState(doc.store, doc.clientID);
		body.insert((edit * 7919) % (body.length - 1), 'new ');
		const update = Buffer.from(updates[edit]!);
		seq += 1;
		const facts = { documentId, epoch: last.epoch, seq, personId, sessionId: 'bench' };
		const clocks = { client: doc.clientID, clockFrom, clockLen: 4 };
		const row = { ...facts, ...clocks, at: Date.now(), prevHash: hash, erased: false };
		hash = rowHash(hash, digest(update), row);
		return { ...row, update, hash };
	});
}
