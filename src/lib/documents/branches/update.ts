/**
 * Yjs updates taken apart and put together again, so that an update can carry exactly what it should:
 * only what one branch adds, only the deletions that were picked, only one client's part.
 */
import { writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';
import { addIds, firstEndingAfter, type IdSet, sorted } from './ids.ts';

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];

/** What one client inserted, in order of its clocks, from `from` on. */
export interface Inserted {
	/** May lie inside the first struct: what is before it is known already. */
	from: number;
	structs: Struct[];
}

/** An update taken apart. */
export interface Parts {
	inserted: Map<number, Inserted>;
	deleted: IdSet;
}

/** Takes an update apart. Throws what Yjs throws when the bytes are no update. */
export function readParts(update: Uint8Array): Parts {
	const { structs, ds } = Y.decodeUpdate(update);
	const inserted = new Map<number, Inserted>();
	for (const struct of structs) {
		if (struct instanceof Y.Skip) continue;
		const own = inserted.get(struct.id.client);
		if (own) own.structs.push(struct);
		else inserted.set(struct.id.client, { from: struct.id.clock, structs: [struct] });
	}
	return { inserted, deleted: idsOf(ds) };
}

/** Puts an update together. */
export function writeParts({ inserted, deleted }: Parts): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const rest = encoder.restEncoder;
	writeVarUint(rest, inserted.size);
	for (const [client, { from, structs }] of byClient(inserted)) {
		writeVarUint(rest, structs.length);
		encoder.writeClient(client);
		writeVarUint(rest, from);
		structs.forEach((struct, at) => struct.write(encoder, at === 0 ? from - struct.id.clock : 0));
	}
	writeVarUint(rest, deleted.size);
	for (const [client, ranges] of byClient(deleted)) {
		writeVarUint(rest, client);
		writeVarUint(rest, ranges.length);
		for (const { from, to } of ranges) {
			encoder.writeDsClock(from);
			encoder.writeDsLen(to - from);
		}
	}
	return encoder.toUint8Array();
}

/** Yjs writes higher client ids first, and the guard insists on it. */
function byClient<T>(entries: Map<number, T>): Array<[number, T]> {
	return [...entries].sort(([a], [b]) => b - a);
}

/** The ids of a delete set. */
export function idsOf(ds: ReturnType<typeof Y.createDeleteSet>): IdSet {
	const set: IdSet = new Map();
	for (const [client, ranges] of ds.clients) {
		for (const { clock, len } of ranges) addIds(set, client, clock, clock + len);
	}
	return sorted(set);
}

/** What is deleted in a document. */
export function deadIn(doc: Y.Doc): IdSet {
	return idsOf(Y.createDeleteSetFromStructStore(doc.store));
}

/** The clock after a client's last one among the inserted. */
export function endOf({ structs }: Inserted): number {
	const last = structs.at(-1)!;
	return last.id.clock + last.length;
}

/** What of the inserted a document does not know yet, by its clock of each client. */
export function unknownTo(
	known: (client: number) => number,
	inserted: Parts['inserted']
): Parts['inserted'] {
	const fresh: Parts['inserted'] = new Map();
	for (const [client, own] of inserted) {
		const from = Math.max(own.from, known(client));
		const structs = own.structs.filter(({ id, length }) => id.clock + length > from);
		if (structs.length > 0) fresh.set(client, { from, structs });
	}
	return fresh;
}

/**
 * Leaves of what is deleted only its length: words that were typed and taken back, or that were not
 * picked, are nobody's to read in what is published.
 */
export function emptied({ inserted, deleted }: Parts): Parts {
	const out: Parts['inserted'] = new Map();
	for (const [client, { from, structs }] of inserted) {
		const ranges = deleted.get(client) ?? [];
		out.set(client, { from, structs: structs.flatMap((struct) => emptiedStruct(struct, ranges)) });
	}
	return { inserted: out, deleted };
}

function emptiedStruct(struct: Struct, ranges: Array<{ from: number; to: number }>): Struct[] {
	if (!(struct instanceof Y.Item) || struct.content instanceof Y.ContentDeleted) return [struct];
	const out: Struct[] = [];
	let item: Y.Item = struct;
	for (let at = firstEndingAfter(ranges, item.id.clock); at < ranges.length; at++) {
		const { from, to } = ranges[at]!;
		if (from >= item.id.clock + item.length) break;
		if (from > item.id.clock) {
			const right = cut(item, from - item.id.clock);
			out.push(item);
			item = right;
		}
		const rest = to < item.id.clock + item.length ? cut(item, to - item.id.clock) : null;
		item.content = new Y.ContentDeleted(item.length);
		out.push(item);
		if (!rest) return out;
		item = rest;
	}
	return [...out, item];
}

/** Cuts an item of a taken-apart update in two: it keeps the left part and the right one is new. */
function cut(item: Y.Item, at: number): Y.Item {
	const { client, clock } = item.id;
	const content = item.content.splice(at);
	const right = new Y.Item(
		Y.createID(client, clock + at),
		null,
		Y.createID(client, clock + at - 1),
		null,
		item.rightOrigin,
		item.parent,
		item.parentSub,
		content
	);
	item.length = at;
	return right;
}
