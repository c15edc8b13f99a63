/** Deleting what is selected without tearing tables and footnotes apart. */
import type { Node } from 'prosemirror-model';
import { type Command, TextSelection, type Transaction } from 'prosemirror-state';
import { schema } from './schema.ts';

const held = (node: Node) => node.type === schema.nodes.cell || node.type === schema.nodes.note;

/**
 * Deletes the selection. When it starts or ends in a cell or footnote and leaves it, those lose
 * their words but stay, and whole blocks between them that are neither go.
 */
export function clearSelection(tr: Transaction): Transaction {
	const { $from, $to, empty } = tr.selection;
	if (empty) return tr;
	if ($from.sameParent($to) || !(held($from.parent) || held($to.parent))) {
		return tr.deleteSelection();
	}
	const cuts: Array<[number, number]> = [];
	tr.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
		const [start, end] = [pos + 1, pos + 1 + node.content.size];
		const whole = $from.pos < start && $to.pos > end && !held(node);
		cuts.push(
			whole ? [pos, pos + node.nodeSize] : [Math.max(start, $from.pos), Math.min(end, $to.pos)]
		);
		return false;
	});
	for (const [from, to] of cuts.reverse()) if (from < to) tr.delete(from, to);
	return tr.setSelection(TextSelection.near(tr.doc.resolve($from.pos)));
}

/** Whether typing over the selection would join a cell or footnote with something else. */
export function crossesHeld(tr: Transaction): boolean {
	const { $from, $to } = tr.selection;
	return !$from.sameParent($to) && (held($from.parent) || held($to.parent));
}

export const deleteSelection: Command = (state, dispatch) => {
	if (state.selection.empty) return false;
	dispatch?.(clearSelection(state.tr).scrollIntoView());
	return true;
};

/** Whether two neighbouring blocks may become one. */
export function mayJoin(before: Node, after: Node): boolean {
	return !held(before) && !held(after);
}
