/** Footnotes, breaks and rules. */
import { type Command, TextSelection } from 'prosemirror-state';
import { newBlockId } from '../text/ids.ts';
import { clearSelection } from './clear.ts';
import { schema } from './schema.ts';

const { note, reference, paragraph, cell } = schema.nodes;

/**
 * Puts a footnote at the caret: the reference here, its body after the last footnote, else at
 * the end of the text, with the caret in it.
 */
export const insertNote: Command = (state, dispatch) => {
	const { $from } = state.selection;
	if ($from.depth === 0 || $from.parent.type === note) return false;
	const key = newBlockId();
	const tr = state.tr;
	tr.insert(state.selection.to, reference.create({ note: key }));
	let at = tr.doc.content.size;
	tr.doc.forEach((node, pos) => {
		if (node.type === note) at = pos + node.nodeSize;
	});
	tr.insert(at, note.create({ id: newBlockId(), note: key }));
	dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
	return true;
};

export const insertBreak: Command = (state, dispatch) => {
	if (state.selection.$from.depth === 0) return false;
	const tr = clearSelection(state.tr).replaceSelectionWith(schema.nodes.break.create());
	dispatch?.(tr.scrollIntoView());
	return true;
};

/** A rule has a paragraph to itself; the caret goes on below it. */
export const insertRule: Command = (state, dispatch) => {
	const { $from } = state.selection;
	if ($from.depth === 0 || $from.parent.type === cell || $from.parent.type === note) return false;
	const tr = state.tr;
	const line = paragraph.create({ id: newBlockId() }, schema.nodes.rule.create());
	const empty = $from.parent.content.size === 0;
	const at = empty ? $from.before(1) : $from.after(1);
	const after = empty ? [] : [paragraph.create({ id: newBlockId() })];
	tr.insert(at, [line, ...after]);
	const below = at + line.nodeSize + 1;
	dispatch?.(tr.setSelection(TextSelection.create(tr.doc, below)).scrollIntoView());
	return true;
};
