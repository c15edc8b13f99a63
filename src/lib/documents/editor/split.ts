/** Enter. A split is one line-end more, and the line-end that was there keeps its block's id. */
import { type Command, NodeSelection, type Transaction } from 'prosemirror-state';
import { newBlockId } from '../text/ids.ts';
import { clearSelection } from './clear.ts';
import { schema } from './schema.ts';

const { paragraph, heading, clause, item, cell, note } = schema.nodes;

/**
 * Splits the block at the caret. In a cell or a footnote Enter is a line break; an empty clause
 * or item goes up one level, and at the first level (like any other empty block that is no
 * paragraph) becomes a paragraph.
 */
export const splitBlock: Command = (state, dispatch) => {
	if (state.selection instanceof NodeSelection && !state.selection.node.isInline) return false;
	const tr = clearSelection(state.tr);
	const { $from } = tr.selection;
	const block = $from.parent;
	if (!block.isTextblock) return false;
	const empty = block.content.size === 0 && state.selection.empty;
	if (block.type === cell || block.type === note) {
		tr.replaceSelectionWith(schema.nodes.break.create());
	} else if (empty && block.type !== paragraph) {
		lower(tr);
	} else if ($from.parentOffset === block.content.size && block.content.size > 0) {
		const type = block.type === heading ? paragraph : block.type;
		tr.split($from.pos, 1, [{ type, attrs: { ...block.attrs, id: newBlockId() } }]);
	} else {
		const start = $from.before(1);
		tr.split($from.pos, 1, [{ type: block.type, attrs: block.attrs }]);
		const type = block.type === heading && $from.parentOffset === 0 ? paragraph : block.type;
		tr.setNodeMarkup(start, type, { ...block.attrs, id: newBlockId() });
	}
	dispatch?.(tr.scrollIntoView());
	return true;
};

/** One level up, or a paragraph at the first. */
export function lower(tr: Transaction): void {
	const { $from } = tr.selection;
	const { type, attrs } = $from.parent;
	const leveled = (type === clause || type === item) && attrs.level > 1;
	if (leveled) tr.setNodeMarkup($from.before(1), null, { ...attrs, level: attrs.level - 1 });
	else tr.setNodeMarkup($from.before(1), paragraph, { id: attrs.id });
}
