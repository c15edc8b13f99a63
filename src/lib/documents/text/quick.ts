/**
 * The few changes that make up nearly all writing (a word typed, a word deleted, between words of
 * the same look), done and read without walking the text. Everything here answers false or
 * undefined when it is not certain, and then the thorough way is taken instead.
 */
import * as Y from 'yjs';
import type { Marks } from './attrs.ts';
import type { Attributes, Change } from './change.ts';
import { type Counts, type Placed, type Places, visible } from './places.ts';

/**
 * Inserts text that looks like the character before it. True when done.
 * It is put right behind that character, before any formatting that follows, and so shares its
 * attributes. Y.Text's own insert would look for the place from the start of the text.
 */
export function quickInsert(
	transaction: Y.Transaction,
	places: Places,
	index: number,
	words: string
): boolean {
	const placed = places.at(index - 1);
	if (!placed || !plainAt(placed, index - 1)) return false;
	const { doc } = transaction;
	const left = endAt(transaction, placed, index);
	const right = left.right;
	const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
	const content = new Y.ContentString(words);
	const parent = left.parent as Y.Text;
	new Y.Item(id, left, left.lastId, right, right && right.id, parent, null, content).integrate(
		transaction,
		0
	);
	return true;
}

/** Deletes what lies between two characters without touching any formatting. True when done. */
export function quickDelete(
	transaction: Y.Transaction,
	places: Places,
	index: number,
	length: number
): boolean {
	const placed = index > 0 ? places.at(index - 1) : undefined;
	if (!placed) return false;
	let reach = placed.start;
	let end: Y.Item | null = placed.item;
	for (; ; end = end.right) {
		if (!end || (live(end) && !end.countable)) return false;
		if (visible(end)) reach += end.length;
		if (reach >= index + length) break;
	}
	if (reach === index + length && !plainGap(end.right)) return false;
	endAt(transaction, { item: end, start: reach - end.length }, index + length);
	let item: Y.Item | null = endAt(transaction, placed, index).right;
	for (let left = length; left > 0 && item; item = item.right) {
		if (!visible(item)) continue;
		left -= item.length;
		item.delete(transaction);
	}
	return true;
}

/** The item, cut so that it ends at a flat index that lies within it or at its end. */
function endAt(transaction: Y.Transaction, { item, start }: Placed, index: number): Y.Item {
	const last = Y.createID(item.id.client, item.id.clock + (index - start) - 1);
	return Y.getItemCleanEnd(transaction, transaction.doc.store, last);
}

/** How a character before a change looked, by its old flat index; undefined for none. */
export type LooksAt = (index: number) => Marks | undefined;

/** The most changed items one reads one by one. */
const MOST = 64;

/** What a transaction did, if it only added or deleted words within lines. */
export function quickRead(
	{ transaction, target }: Y.YTextEvent,
	places: Places,
	looks: LooksAt
): Change | undefined {
	const added = addedItems(transaction, target as Y.Text);
	const deleted = added && deletedItems(transaction, target as Y.Text, added);
	if (!added || !deleted) return undefined;
	const fresh = new Set(added);
	const gone = new Set(deleted);
	const before: Counts = (item) =>
		item.countable && !fresh.has(item) && (!item.deleted || gone.has(item));
	const edits: Array<{ index: number; insert?: string; attributes?: Attributes; delete?: number }> =
		[];
	for (const item of [...added, ...deleted]) {
		const index = places.indexOf(item, before);
		if (index === undefined) return undefined;
		noteBefore(places, item, index, before);
		if (gone.has(item)) edits.push({ index, delete: item.length });
		else {
			const attributes = looksOf(item, index, fresh, gone, looks);
			if (!attributes || edits.some((edit) => edit.insert && edit.index === index))
				return undefined;
			edits.push({ index, insert: (item.content as Y.ContentString).str, attributes });
		}
	}
	return inOrder(edits);
}

function addedItems(
	{ beforeState, afterState, doc }: Y.Transaction,
	text: Y.Text
): Y.Item[] | undefined {
	const items: Y.Item[] = [];
	for (const [client, clock] of afterState) {
		const from = beforeState.get(client) ?? 0;
		if (from === clock) continue;
		const structs = doc.store.clients.get(client)!;
		for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
			const item = structs[i]!;
			if (!(item instanceof Y.Item) || item.id.clock < from || item.parent !== text)
				return undefined;
			if (item.deleted || !(item.content instanceof Y.ContentString)) return undefined;
			if (item.content.str.includes('\n') || items.length >= MOST) return undefined;
			items.push(item);
		}
	}
	return items;
}

function deletedItems(
	transaction: Y.Transaction,
	text: Y.Text,
	added: Y.Item[]
): Y.Item[] | undefined {
	const items: Y.Item[] = [];
	let certain = true;
	Y.iterateDeletedStructs(transaction, transaction.deleteSet, (item) => {
		certain &&=
			item instanceof Y.Item && item.parent === text && item.countable && items.length < MOST;
		if (certain) items.push(item as Y.Item);
	});
	return certain && !items.some((item) => added.includes(item)) ? items : undefined;
}

/** The attributes of a new item: those of the old character before it, if nothing lies between. */
function looksOf(
	item: Y.Item,
	index: number,
	fresh: Set<Y.Item>,
	gone: Set<Y.Item>,
	looks: LooksAt
): Attributes | undefined {
	let left = item.left;
	for (; left && !visible(left); left = left.left) {
		if (gone.has(left) || (live(left) && !isLineStart(left))) return undefined;
	}
	if (!left || fresh.has(left) || !(left.content instanceof Y.ContentString)) return undefined;
	if (left.content.str.endsWith('\n')) return undefined;
	const marks = looks(index - 1);
	return marks && { ...marks };
}

/** Remembers the character before an item, because the next change is likely to be there too. */
function noteBefore(places: Places, item: Y.Item, index: number, counts: Counts): void {
	let left = item.left;
	while (left && !counts(left)) left = left.left;
	if (left) places.note(left, index - 1, index - left.length);
}

/** Edits by old index as operations from the left; deletions after insertions at one place. */
function inOrder(
	edits: Array<{ index: number; insert?: string; attributes?: Attributes; delete?: number }>
): Change | undefined {
	const change: Change = [];
	let at = 0;
	for (const edit of edits.sort((a, b) => a.index - b.index || (a.delete ?? 0) - (b.delete ?? 0))) {
		if (edit.index < at) return undefined;
		if (edit.index > at) change.push({ retain: edit.index - at });
		at = edit.index + (edit.delete ?? 0);
		if (edit.delete) change.push({ delete: edit.delete });
		else if (edit.insert) change.push({ insert: edit.insert, attributes: edit.attributes });
	}
	return change;
}

const live = (item: Y.Item) => !item.deleted;

/** The start of a line-end's attributes, which says nothing about characters. */
function isLineStart({ content }: Y.Item): boolean {
	return content instanceof Y.ContentFormat && content.key === 'block' && content.value !== null;
}

/** Whether up to the next visible item there is nothing but deleted items and a line's start. */
function plainGap(item: Y.Item | null): boolean {
	for (; item && !visible(item); item = item.right) {
		if (live(item) && !isLineStart(item)) return false;
	}
	return true;
}

function plainAt({ item, start }: Placed, index: number): boolean {
	return item.content instanceof Y.ContentString && item.content.str[index - start] !== '\n';
}
