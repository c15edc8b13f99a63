/**
 * Positions. ProseMirror counts two tokens around each block, the flat text counts one line-end
 * after it, so the two differ by the number of blocks before, and by one inside a block.
 */
import type { Node } from 'prosemirror-model';

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
	const $pos = doc.resolve(pos);
	return pos - $pos.index(0) - ($pos.depth > 0 ? 1 : 0);
}

/** The place of a flat index; an index past the end is the end of the last block. */
export function placeAt(doc: Node, index: number): Place {
	let start = 0;
	const last = doc.childCount - 1;
	for (let block = 0; ; block++) {
		const size = doc.child(block).content.size;
		if (index <= start + size || block === last) {
			return { block, start, pos: Math.min(index, start + size) + block + 1 };
		}
		start += size + 1;
	}
}

/** The ProseMirror position of a flat index. */
export function posAt(doc: Node, index: number): number {
	return placeAt(doc, index).pos;
}
