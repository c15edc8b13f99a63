/**
 * What one Yjs transaction did to the body, as operations on flat indices.
 *
 * Yjs can say this itself (`event.delta`), but its getter deletes format items it finds redundant
 * while it reads, inside the transaction being read and on every peer for itself. This one only
 * reads, and counts every index position the way Y.Text does.
 */
import * as Y from 'yjs';

export type Attributes = Record<string, unknown>;

export type ChangeOp =
	| { retain: number; attributes?: Attributes }
	| { insert: string | object; attributes?: Attributes }
	| { delete: number };

export type Change = ChangeOp[];

/** The change a body's event stands for. An attribute that went away is null. */
export function readChange(event: Y.YTextEvent): Change {
	const { transaction, target } = event;
	const added = addedBy(transaction);
	const write = new ChangeWriter();
	const before = new Map<string, unknown>();
	const now = new Map<string, unknown>();
	let differ: Attributes | undefined;
	for (let item = target._start; item !== null; item = item.right) {
		const gone = item.deleted && !Y.isDeleted(transaction.deleteSet, item.id);
		if (gone) continue;
		const fresh = added(item);
		const content = item.content;
		if (content instanceof Y.ContentFormat) {
			if (!fresh) before.set(content.key, content.value);
			if (!item.deleted) now.set(content.key, content.value);
			differ = difference(before, now, differ, content.key);
		} else if (item.countable && !(fresh && item.deleted)) {
			if (item.deleted) write.delete(item.length);
			else if (!fresh) write.retain(item.length, differ);
			else if (content instanceof Y.ContentString) write.insert(content.str, now);
			else for (const value of content.getContent()) write.insert(embeddable(value), now);
		}
	}
	return write.finish();
}

/** Tells the items a transaction added from those that were there. */
function addedBy({ beforeState, afterState }: Y.Transaction): (item: Y.Item) => boolean {
	const starts = new Map<number, number>();
	afterState.forEach((clock, client) => {
		const start = beforeState.get(client) ?? 0;
		if (start < clock) starts.set(client, start);
	});
	let [client, start] = [-1, Infinity];
	return ({ id }) => {
		// Neighbours mostly come from one client, so the last answer is mostly the next one.
		if (id.client !== client) {
			client = id.client;
			start = starts.get(client) ?? Infinity;
		}
		return id.clock >= start;
	};
}

/** The attributes that differ between the two states, recomputed for the one key that moved. */
function difference(
	before: Map<string, unknown>,
	now: Map<string, unknown>,
	known: Attributes | undefined,
	key: string
): Attributes | undefined {
	const [was, is] = [before.get(key) ?? null, now.get(key) ?? null];
	if (sameValue(was, is)) {
		if (!known || !(key in known)) return known;
		const rest = Object.entries(known).filter(([name]) => name !== key);
		return rest.length > 0 ? Object.fromEntries(rest) : undefined;
	}
	return known && sameValue(known[key], is) ? known : { ...known, [key]: is };
}

/** Equality of attribute values, which are JSON. */
export function sameValue(a: unknown, b: unknown): boolean {
	if (a === b) return true;
	if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
	const [left, right] = [Object.entries(a), b as Attributes];
	return (
		left.length === Object.keys(right).length &&
		left.every(([name, value]) => name in right && sameValue(value, right[name]))
	);
}

/** A value of the text that is no character, as an object whatever a foreign peer wrote. */
export function embeddable(value: unknown): object {
	return typeof value === 'object' && value !== null ? value : { type: 'unknown', value };
}

/** Collects operations, joined where neighbours agree. */
export class ChangeWriter {
	readonly ops: Change = [];

	retain(length: number, attributes?: Attributes): void {
		if (length <= 0) return;
		const last = this.ops.at(-1);
		if (last && 'retain' in last && last.attributes === attributes) last.retain += length;
		else this.ops.push(attributes ? { retain: length, attributes } : { retain: length });
	}

	insert(value: string | object, attributes: Map<string, unknown>): void {
		const held = [...attributes].filter(([, value]) => value !== null);
		const op: ChangeOp = { insert: value };
		if (held.length > 0) op.attributes = Object.fromEntries(held);
		this.ops.push(op);
	}

	delete(length: number): void {
		if (length <= 0) return;
		const last = this.ops.at(-1);
		if (last && 'delete' in last) last.delete += length;
		else this.ops.push({ delete: length });
	}

	/** The operations without a final retain that says nothing. */
	finish(): Change {
		const last = this.ops.at(-1);
		if (last && 'retain' in last && !last.attributes) this.ops.pop();
		return this.ops;
	}
}
