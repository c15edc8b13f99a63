/** A stretch of a document as the flat text has it, cut out of the blocks it touches. */
import type { Mark, Node } from 'prosemirror-model';
import { type BlockAttrs, type Embed, sameEmbed } from '../text/blocks.ts';
import { attrsOf, embedOf } from './convert.ts';

/** What stands where an embed is, in `text`. A literal U+FFFC is told apart by `embeds`. */
const EMBED = '\uFFFC';

export interface Stretch {
	/** Characters, embeds and line-ends, one UTF-16 unit each. */
	text: string;
	/** Runs of equal marks with the offset where they start; line-ends have none of their own. */
	runs: Array<{ at: number; marks: readonly Mark[] }>;
	embeds: Map<number, Embed>;
	/** Line-ends by offset. */
	ends: Map<number, Node>;
}

/** The stretch between two ProseMirror positions. */
export function stretchOf(doc: Node, from: number, to: number): Stretch {
	const stretch: Stretch = { text: '', runs: [], embeds: new Map(), ends: new Map() };
	if (from >= to) return stretch;
	const $from = doc.resolve(from);
	let pos = $from.depth > 0 ? $from.before(1) : from;
	for (let block = $from.index(0); block < doc.childCount && pos < to; block++) {
		const node = doc.child(block);
		addInline(stretch, node, from - pos - 1, to - pos - 1);
		pos += node.nodeSize;
		// The line-end lies between the end of the content and the start of the next block.
		const contentEnd = pos - 1;
		if (from <= contentEnd && to >= pos) addEnd(stretch, node);
	}
	return stretch;
}

function addInline(stretch: Stretch, node: Node, from: number, to: number): void {
	let at = 0;
	node.forEach((child) => {
		const [start, end] = [Math.max(from, at) - at, Math.min(to, at + child.nodeSize) - at];
		at += child.nodeSize;
		if (start >= end) return;
		stretch.runs.push({ at: stretch.text.length, marks: child.marks });
		if (!child.isText) stretch.embeds.set(stretch.text.length, embedOf(child));
		stretch.text += child.isText ? child.text!.slice(start, end) : EMBED;
	});
}

function addEnd(stretch: Stretch, node: Node): void {
	stretch.ends.set(stretch.text.length, node);
	stretch.runs.push({ at: stretch.text.length, marks: [] });
	stretch.text += '\n';
}

/** Whether the positions hold the same character or embed; attributes are not looked at. */
export function sameToken(a: Stretch, i: number, b: Stretch, j: number): boolean {
	if (a.text.charCodeAt(i) !== b.text.charCodeAt(j)) return false;
	const [left, right] = [a.embeds.get(i), b.embeds.get(j)];
	return left && right ? sameEmbed(left, right) : left === right;
}

/** The attributes of the line-end at an offset. */
export function endAttrs(stretch: Stretch, at: number): BlockAttrs {
	return attrsOf(stretch.ends.get(at)!);
}
