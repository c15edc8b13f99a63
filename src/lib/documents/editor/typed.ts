/**
 * The edit that nearly all edits are: words typed or deleted within the text of one block. It is told
 * from the step alone; everything else, and everything that is not certain, is for `localChange`.
 */
import type { Mark, Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { ReplaceStep } from 'prosemirror-transform';
import type { Marks } from '../text/blocks.ts';
import { type Change, ChangeWriter } from '../text/change.ts';
import { marksOf } from './convert.ts';
import { isHigh, isLow } from './ranges.ts';

export interface Typed {
	/** As `localChange` would tell it. */
	change: Change;
	/** How the character before it looks; undefined at the start of a block and behind an embed. */
	looks: Marks | undefined;
}

/** What needs a second look: line feeds, and halves of pairs. */
const SPECIAL = /[\n\r\ud800-\udfff]/;
const known = new WeakMap<Transaction, Typed | null>();

/** What was typed or deleted by a transaction, if that is all it did. */
export function typedBy(tr: Transaction): Typed | null {
	let typed = known.get(tr);
	if (typed === undefined) known.set(tr, (typed = read(tr)));
	return typed;
}

function read(tr: Transaction): Typed | null {
	const [step] = tr.steps;
	if (tr.steps.length !== 1 || !(step instanceof ReplaceStep)) return null;
	const { from, to, slice } = step;
	const { content } = slice;
	const inserted = content.firstChild;
	if (slice.openStart > 0 || slice.openEnd > 0 || content.childCount > 1) return null;
	if (inserted ? from < to || !inserted.isText : from === to) return null;
	if (inserted && SPECIAL.test(inserted.text!)) return null;
	const $from = tr.before.resolve(from);
	const { parent, depth, textOffset } = $from;
	if (depth !== 1 || !parent.isTextblock || parent.attrs.id === '') return null;

	const child = $from.index();
	const here = parent.maybeChild(child);
	const left = textOffset > 0 ? here : child > 0 ? parent.child(child - 1) : null;
	if (isHigh(unit(left, textOffset > 0 ? textOffset - 1 : -1))) return null;
	const end = textOffset + to - from;
	if (to > from && (!here?.isText || end > here.text!.length)) return null;
	const isInside = here?.isText && end < here.text!.length;
	const right = isInside || to === from ? here : parent.maybeChild(child + 1);
	if (isLow(unit(right, isInside ? end : 0))) return null;

	const change = new ChangeWriter();
	change.retain(from - $from.index(0) - 1);
	if (inserted) change.insert(inserted.text!, attributesOf(inserted.marks));
	else change.delete(to - from);
	return { change: change.finish(), looks: left?.isText ? marksOf(left.marks) : undefined };
}

/** A unit of a node's text, counted from its end when negative; -1 where there is none. */
function unit(node: Node | null, at: number): number {
	if (!node?.isText) return -1;
	return node.text!.charCodeAt(at < 0 ? node.text!.length + at : at);
}

const NO_ATTRIBUTES = new Map<string, unknown>();

function attributesOf(marks: readonly Mark[]): Map<string, unknown> {
	return marks.length === 0 ? NO_ATTRIBUTES : new Map(Object.entries(marksOf(marks)));
}
