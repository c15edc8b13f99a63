/** Backspace at the start of a block and Delete at its end: one line-end less. */
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { mayJoin } from './clear.ts';
import { schema } from './schema.ts';
import { lower } from './split.ts';

const { paragraph, cell, note } = schema.nodes;

/**
 * At the start of a block: first it loses its level or type, then it joins the block before. An
 * empty block before it simply goes; into a cell or footnote only the caret moves.
 */
export const joinBackward: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	if (!empty || $from.parentOffset > 0 || $from.depth === 0) return false;
	const block = $from.parent;
	if (block.type === cell) return true;
	const tr = state.tr;
	if (block.type !== paragraph && block.type !== note) {
		lower(tr);
		dispatch?.(tr.scrollIntoView());
		return true;
	}
	const at = $from.before(1);
	const before = $from.doc.resolve(at).nodeBefore;
	if (!before) return true;
	if (before.content.size === 0 && before.type !== cell && block.content.size > 0) {
		tr.delete(at - before.nodeSize, at);
	} else if (mayJoin(before, block)) join(tr, at);
	else {
		if (block.content.size === 0) tr.delete(at, at + block.nodeSize);
		tr.setSelection(TextSelection.create(tr.doc, at - 1));
	}
	dispatch?.(tr.scrollIntoView());
	return true;
};

/** At the end of a block: the block after joins it, unless one of them is a cell or footnote. */
export const joinForward: Command = (state, dispatch) => {
	const { $from, empty } = state.selection;
	if (!empty || $from.depth === 0 || $from.parentOffset < $from.parent.content.size) return false;
	const at = $from.after(1);
	const after = $from.doc.resolve(at).nodeAfter;
	if (!after || $from.parent.type === cell) return true;
	const tr = state.tr;
	if ($from.parent.content.size === 0) tr.delete($from.before(1), at);
	else if (mayJoin($from.parent, after)) join(tr, at);
	else if (after.content.size === 0 && after.type === note) tr.delete(at, at + after.nodeSize);
	else return true;
	dispatch?.(tr.scrollIntoView());
	return true;
};

/**
 * Joins two blocks. The result is what the first one was, under the id of the second where that
 * held words: its line-end is the one that stays, so a split that is taken back leaves no trace.
 */
function join(tr: Transaction, at: number): void {
	const { nodeBefore, nodeAfter } = tr.doc.resolve(at);
	const start = at - nodeBefore!.nodeSize;
	tr.join(at);
	if (nodeAfter!.content.size > 0) tr.setNodeAttribute(start, 'id', nodeAfter!.attrs.id);
}

/** Whether the caret stands at the very start of its block. */
export function atBlockStart({ selection }: EditorState): boolean {
	return selection.empty && selection.$from.depth > 0 && selection.$from.parentOffset === 0;
}
