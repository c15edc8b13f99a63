/** Changing what blocks are: one line-end formatted, nothing re-created. */
import type { Node } from 'prosemirror-model';
import type { Command, EditorState } from 'prosemirror-state';
import { type BlockAttrs, MAX_LEVEL } from '../text/blocks.ts';
import { blockType, nodeType, schema } from './schema.ts';

/** A block's kind without its id. */
export type Kind = BlockAttrs extends infer One
	? One extends BlockAttrs
		? Omit<One, 'id'>
		: never
	: never;

const { cell, note, clause, item, paragraph } = schema.nodes;

/** Makes every selected block the kind given; cells and footnotes stay what they are. */
export function setKind(kind: Kind): Command {
	return (state, dispatch) => {
		const tr = state.tr;
		const { type, ...attrs } = kind;
		for (const { node, pos } of selectedBlocks(state)) {
			if (node.type === cell || node.type === note) continue;
			tr.setNodeMarkup(pos, nodeType(type), { ...attrs, id: node.attrs.id });
		}
		if (!tr.docChanged) return false;
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

/** The kind given, or a paragraph where all selected blocks are of that kind already. */
export function toggleKind(kind: Kind): Command {
	return (state, dispatch) => {
		const all = selectedBlocks(state).every(({ node }) => isKind(node, kind));
		return setKind(all ? { type: 'paragraph' } : kind)(state, dispatch);
	};
}

/** Whether a node is a block of that kind; the level is only compared where one is given. */
export function isKind(node: Node, kind: Kind): boolean {
	const attrs = node.attrs as Record<string, unknown>;
	const { type, ...wanted } = kind as Record<string, unknown>;
	const leveled = type === 'clause' || type === 'item';
	return (
		blockType(node.type) === type &&
		Object.entries(wanted).every(
			([name, value]) => (leveled && name === 'level') || attrs[name] === value
		)
	);
}

/** Moves the selected clauses and items one level in or out; at level 1, out is a paragraph. */
export function indent(by: 1 | -1): Command {
	return (state, dispatch) => {
		const tr = state.tr;
		const blocks = selectedBlocks(state).filter(
			({ node }) => node.type === clause || node.type === item
		);
		if (blocks.length === 0) return false;
		for (const { node, pos } of blocks) {
			const level = node.attrs.level + by;
			if (level < 1) tr.setNodeMarkup(pos, paragraph, { id: node.attrs.id });
			else if (level <= MAX_LEVEL[node.type.name as 'clause' | 'item']) {
				tr.setNodeMarkup(pos, null, { ...node.attrs, level });
			}
		}
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

/** The blocks the selection touches. */
export function selectedBlocks({ doc, selection }: Pick<EditorState, 'doc' | 'selection'>) {
	const blocks: Array<{ node: Node; pos: number }> = [];
	doc.nodesBetween(selection.from, selection.to, (node, pos) => {
		blocks.push({ node, pos });
		return false;
	});
	return blocks;
}
