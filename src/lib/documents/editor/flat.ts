/**
 * Positions. ProseMirror counts two tokens around each block, the flat text counts one line-end
 * after it, so the two differ by the number of blocks before, and by one inside a block.
 */
import type { Node, ResolvedPos } from 'prosemirror-model';

/** Where a flat index lies: in which block, where that block starts (flat), and the position. */
export interface Place {
	block: number;
	start: number;
	pos: number;
}

/** Length of the flat text a document stands for. */
export function flatLength(doc: Node): number {
	return doc.content.size - doc.childCount;
}

/** The flat index of a ProseMirror position; between two blocks it is the later one's start. */
export function indexAt(doc: Node, pos: number): number {
	return indexOf(doc.resolve(pos));
}

/** The flat index of a position that is resolved already. */
export function indexOf($pos: ResolvedPos): number {
	return $pos.pos - $pos.index(0) - ($pos.depth > 0 ? 1 : 0);
}

const FIRST: Place = { block: 0, start: 0, pos: 1 };
/** The last place that was asked for: one edit asks for it, or for its neighbour, many times. */
const latest = new WeakMap<Node, Place>();

/** The place of a flat index; an index past the end is the end of the last block. */
export function placeAt(doc: Node, index: number): Place {
	const last = doc.childCount - 1;
	const known = latest.get(doc);
	let { block, start } = known && known.start <= index ? known : FIRST;
	for (; ; block++) {
		const size = doc.child(block).content.size;
		if (index <= start + size || block === last) break;
		start += size + 1;
	}
	const end = start + doc.child(block).content.size;
	const place = { block, start, pos: Math.min(index, end) + block + 1 };
	if (start > 0) latest.set(doc, place);
	return place;
}

/** The ProseMirror position of a flat index. */
export function posAt(doc: Node, index: number): number {
	return placeAt(doc, index).pos;
}
