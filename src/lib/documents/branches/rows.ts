/**
 * A branch as rows of the log. A row belongs to one client id, because that is what binds words to a
 * person; a branch that a group wrote has several, and their words stand on each other's.
 */
import type * as Y from 'yjs';
import type { IdSet } from './ids.ts';
import { endOf, type Parts, writeParts } from './update.ts';

/** One update for the log, with the facts its row states. */
export interface Row {
	/** 0 when the row only deletes. */
	client: number;
	clockFrom: number;
	clockLen: number;
	update: Uint8Array;
}

type Piece = { client: number; from: number; structs: Y.Item[] };

/**
 * Cuts what an update does into updates of one client id each, in an order in which each of them
 * stands only on words that are there already. The deletions go with the last, so that every word they
 * name is there. Nothing at all is no row.
 */
export function rowsOf({ inserted, deleted }: Parts): Row[] {
	const rows = inOrder(inserted).map(({ client, from, structs }) => {
		const own = new Map([[client, { from, structs }]]);
		const clockLen = endOf({ from, structs }) - from;
		return { client, clockFrom: from, clockLen, parts: { inserted: own, deleted: NOTHING } };
	});
	const last = rows.at(-1);
	if (last) last.parts.deleted = deleted;
	else if (deleted.size > 0) {
		const parts = { inserted: new Map(), deleted };
		rows.push({ client: 0, clockFrom: 0, clockLen: 0, parts });
	}
	return rows.map(({ parts, ...facts }) => ({ ...facts, update: writeParts(parts) }));
}

const NOTHING: IdSet = new Map();

/** Runs of one client, each standing only on what is before it (or known already). */
function inOrder(inserted: Parts['inserted']): Piece[] {
	const waiting = new Map([...inserted].map(([client, own]) => [client, { ...own, next: 0 }]));
	const reached = new Map([...inserted].map(([client, { from }]) => [client, from]));
	const stands = (id: Y.ID | null, own: number, before: number) => {
		if (!id) return true;
		const end = id.client === own ? before : (reached.get(id.client) ?? Infinity);
		return id.clock < end;
	};
	const out: Piece[] = [];
	for (let moved = true; moved;) {
		moved = false;
		for (const [client, own] of waiting) {
			const first = own.next;
			for (; own.next < own.structs.length; own.next++) {
				const item = own.structs[own.next] as Y.Item;
				const { clock } = item.id;
				if (!stands(item.origin, client, clock) || !stands(item.rightOrigin, client, clock)) break;
				reached.set(client, clock + item.length);
			}
			if (own.next === first) continue;
			moved = true;
			const structs = own.structs.slice(first, own.next) as Y.Item[];
			out.push({ client, from: first === 0 ? own.from : structs[0]!.id.clock, structs });
		}
	}
	return out;
}
