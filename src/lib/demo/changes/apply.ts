import type * as Y from 'yjs';
import {
	alignedText,
	readBlocks,
	toDelta,
	type Block,
	type Span
} from '#lib/documents/text/blocks.ts';
import type { Edit } from './edit.ts';

/**
 * Makes the edit in a body as its author would have typed it: only the words that differ are
 * replaced, so that everything around them keeps its author and its anchors. Throws when the text is
 * not the one the edit was written for.
 */
export function applyEdit(body: Y.Text, edit: Edit): void {
	if ('swaps' in edit) {
		for (const [find, put] of edit.swaps) replace(body, blockOf(body, edit.in), find, put);
		return;
	}
	if ('drop' in edit) {
		const block = blockOf(body, edit.drop);
		body.delete(block.from, block.to + 1 - block.from);
		return;
	}
	let at = blockOf(body, edit.after).to + 1;
	for (const { insert, attributes = {} } of toDelta(edit.add)) {
		if (typeof insert === 'string') body.insert(at, insert, attributes);
		else body.insertEmbed(at, insert, attributes);
		at += typeof insert === 'string' ? insert.length : 1;
	}
}

function replace(body: Y.Text, block: Block, find: string, put: string): void {
	const text = alignedText(block);
	const at = text.indexOf(find);
	if (at < 0 || text.indexOf(find, at + 1) >= 0) {
		throw new Error(`“${find}” does not stand exactly once in ${block.id}`);
	}
	const head = common(find, put);
	const tail = common(reversed(find.slice(head)), reversed(put.slice(head)));
	const from = at + head;
	const words = put.slice(head, put.length - tail);
	const marks = marksBefore(block.spans, from);
	body.delete(block.from + from, find.length - head - tail);
	if (words !== '') body.insert(block.from + from, words, { ...marks });
}

/** How many characters two runs begin with in common. */
function common(one: string, other: string): number {
	let count = 0;
	while (count < one.length && one[count] === other[count]) count += 1;
	return count;
}

function reversed(text: string): string {
	return text.split('').reverse().join('');
}

/** The marks of the character before an offset in the block: what typing there goes on with. */
function marksBefore(spans: Span[], offset: number): Span['marks'] {
	let end = 0;
	for (const span of spans) {
		end += 'text' in span ? span.text.length : 1;
		if (offset <= end) return 'text' in span ? span.marks : {};
	}
	return {};
}

function blockOf(body: Y.Text, id: string): Block {
	const block = readBlocks(body).find((one) => one.id === id);
	if (!block) throw new Error(`There is no block ${id}`);
	return block;
}
