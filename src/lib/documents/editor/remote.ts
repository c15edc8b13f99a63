/** What others did to the flat text, as ProseMirror steps. */
import { Fragment, type Node, Slice } from 'prosemirror-model';
import { type EditorState, Selection, TextSelection, type Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import {
	type BlockAttrs,
	type Marks,
	readBlockAttrs,
	readEmbed,
	readMarks,
	sameBlock,
	TAIL,
	TOGGLES
} from '../text/blocks.ts';
import type { Attributes, Change } from '../text/change.ts';
import { attrsOf, blockNode, embedNode, markSet } from './convert.ts';
import { flatLength, placeAt } from './flat.ts';
import { isHigh, isLow } from './ranges.ts';
import { nodeType, schema } from './schema.ts';

/**
 * A transaction that shows a change of the flat text. Each operation is a step of its own, so
 * everything elsewhere (caret, composition, decorations) stays where it is.
 * @param length the flat text's length after the change
 */
export function remoteTransaction(state: EditorState, change: Change, length: number): Transaction {
	const tr = state.tr;
	const cuts = new Set<number>();
	let index = 0;
	for (const op of change) {
		cuts.add(index);
		if ('retain' in op) {
			if (op.attributes) format(tr, index, index + op.retain, op.attributes);
			index += op.retain;
		} else if ('delete' in op) {
			remove(tr, index, index + op.delete);
		} else {
			insert(tr, index, op.insert, op.attributes);
			index += typeof op.insert === 'string' ? op.insert.length : 1;
		}
	}
	cuts.add(index);
	for (const cut of cuts) mendPair(tr, cut);
	dropEmptyTail(tr, length);
	return keepSelection(tr, state);
}

function insert(tr: Transaction, index: number, value: string | object, given?: Attributes): void {
	const marks = readMarks(given);
	if (typeof value !== 'string') {
		openTail(tr, index);
		const { pos } = placeAt(tr.doc, index);
		replace(
			tr,
			pos,
			pos,
			Slice.maxOpen(Fragment.from(embedNode(readEmbed(value), markSet(marks))))
		);
		return;
	}
	const lines = value.split('\n');
	const attrs = readBlockAttrs(given?.block);
	const atEnd = index === flatLength(tr.doc);
	const place = atEnd ? undefined : placeAt(tr.doc, index);
	if (lines.length > 1 && (!place || place.start === index)) {
		// Whole blocks come before the block that starts here, which stays untouched.
		const blocks = lines.slice(0, -1).map((line) => blockNode(attrs, textOf(line, marks)));
		const pos = place ? place.pos - 1 : tr.doc.content.size;
		replace(tr, pos, pos, new Slice(Fragment.from(blocks), 0, 0));
		insertText(tr, index + value.length - lines.at(-1)!.length, lines.at(-1)!, marks);
	} else if (lines.length > 1) split(tr, place!.block, place!.pos, lines, attrs, marks);
	else insertText(tr, index, value, marks);
}

function insertText(tr: Transaction, index: number, text: string, marks: Marks): void {
	if (text === '') return;
	openTail(tr, index);
	const { pos } = placeAt(tr.doc, index);
	replace(tr, pos, pos, new Slice(textOf(text, marks), 0, 0));
}

/** Splits a block at the inserted line-ends: the first part becomes what the new line-end says. */
function split(
	tr: Transaction,
	block: number,
	pos: number,
	lines: string[],
	attrs: BlockAttrs,
	marks: Marks
): void {
	const rest = tr.doc.child(block);
	const parts = lines.map((line, i) =>
		i < lines.length - 1
			? blockNode(attrs, textOf(line, marks))
			: rest.type.create(rest.attrs, textOf(line, marks))
	);
	replace(tr, pos, pos, new Slice(Fragment.from(parts), 1, 1));
	retype(tr, block, attrs);
}

/** Deletes a range; where it takes line-ends, what is left belongs to the later block. */
function remove(tr: Transaction, from: number, to: number): void {
	openTail(tr, to);
	const [first, last] = [placeAt(tr.doc, from), placeAt(tr.doc, to)];
	if (first.block === last.block) return replace(tr, first.pos, last.pos, Slice.empty);
	if (first.start === from) {
		replace(tr, last.start + last.block + 1, last.pos, Slice.empty);
		replace(tr, first.pos - 1, last.start + last.block, Slice.empty);
		return;
	}
	const attrs = attrsOf(tr.doc.child(last.block));
	replace(tr, first.pos, last.pos, Slice.empty);
	retype(tr, first.block, attrs);
}

/** Applies changed attributes: marks to what is inline, `block` to line-ends. */
function format(tr: Transaction, from: number, to: number, given: Attributes): void {
	const marks = readMarks(given);
	const place = placeAt(tr.doc, from);
	let start = place.start;
	for (let block = place.block; block < tr.doc.childCount && start < to; block++) {
		const end = start + tr.doc.child(block).content.size;
		const [markFrom, markTo] = [Math.max(from, start), Math.min(to, end)];
		if (markFrom < markTo) mark(tr, markFrom + block + 1, markTo + block + 1, given, marks);
		if (to > end && 'block' in given) retype(tr, block, readBlockAttrs(given.block));
		start = end + 1;
	}
}

function mark(tr: Transaction, from: number, to: number, given: Attributes, marks: Marks): void {
	for (const name of [...TOGGLES, 'link'] as const) {
		if (!(name in given)) continue;
		const value = marks[name];
		if (!value) tr.removeMark(from, to, schema.marks[name]);
		else tr.addMark(from, to, schema.mark(name, name === 'link' ? { href: value } : null));
	}
}

function retype(tr: Transaction, block: number, attrs: BlockAttrs): void {
	const node = tr.doc.child(block);
	if (sameBlock(attrsOf(node), attrs)) return;
	const { type, ...rest } = attrs;
	tr.setNodeMarkup(blockPos(tr.doc, block), nodeType(type), rest);
}

/** Where a foreign peer cut a surrogate pair in two, Yjs has put U+FFFD for each half. */
function mendPair(tr: Transaction, index: number): void {
	if (index > flatLength(tr.doc)) return;
	const { block, start, pos } = placeAt(tr.doc, index);
	const half = (at: number, cut: (unit: number) => boolean) => {
		const line = tr.doc.child(block);
		const offset = at - block - 1 - start;
		const node = offset < 0 || offset >= line.content.size ? null : line.childAfter(offset);
		if (!node?.node?.isText || !cut(node.node.text!.charCodeAt(offset - node.offset))) return;
		const { marks } = node.node;
		tr.step(
			new ReplaceStep(at, at + 1, new Slice(Fragment.from(schema.text('\uFFFD', marks)), 0, 0))
		);
	};
	half(pos - 1, isHigh);
	half(pos, isLow);
}

/**
 * Text after the final line-end has no block of its own in the flat text; it is shown in one
 * more paragraph, which exists while operations reach there and goes when it is empty again.
 */
function openTail(tr: Transaction, index: number): void {
	if (index < flatLength(tr.doc)) return;
	const tail = blockNode({ id: TAIL, type: 'paragraph' });
	replace(tr, tr.doc.content.size, tr.doc.content.size, new Slice(Fragment.from(tail), 0, 0));
}

function dropEmptyTail(tr: Transaction, length: number): void {
	const last = tr.doc.lastChild!;
	if (flatLength(tr.doc) !== length + 1 || last.content.size > 0 || tr.doc.childCount === 1) return;
	const end = tr.doc.content.size;
	replace(tr, end - last.nodeSize, end, Slice.empty);
}

/**
 * The caret stays beside the character it stood behind, so words that others insert right there
 * come after it; at the start of a block it stays before its own words.
 */
function keepSelection(tr: Transaction, { selection, storedMarks }: EditorState): Transaction {
	if (!tr.docChanged) return tr;
	if (selection instanceof TextSelection) {
		const { $from, $to, empty } = selection;
		const left = empty && $from.parentOffset === 0 && $from.parent.content.size > 0 ? 1 : -1;
		const from = tr.mapping.map($from.pos, empty ? left : 1);
		const to = empty ? from : Math.max(from, tr.mapping.map($to.pos, -1));
		const ends = [tr.doc.resolve(from), tr.doc.resolve(to)] as const;
		const [anchor, head] = selection.anchor <= selection.head ? ends : [ends[1], ends[0]];
		tr.setSelection(TextSelection.between(anchor, head));
	} else tr.setSelection(selection.map(tr.doc, tr.mapping) ?? Selection.atStart(tr.doc));
	return tr.setStoredMarks(storedMarks);
}

function replace(tr: Transaction, from: number, to: number, slice: Slice): void {
	if (from < to || slice.size > 0) tr.step(new ReplaceStep(from, to, slice));
}

function textOf(text: string, marks: Marks): Fragment {
	return text === '' ? Fragment.empty : Fragment.from(schema.text(text, markSet(marks)));
}

function blockPos(doc: Node, block: number): number {
	let pos = 0;
	for (let i = 0; i < block; i++) pos += doc.child(i).nodeSize;
	return pos;
}
