/**
 * What the reader sees beside the words but nobody types: clause, item and footnote numbers, and
 * where a cell stands in its table. Drawn as decorations, renewed only when structure changes.
 */
import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { type Block, numberClauses } from '../text/blocks.ts';
import { attrsOf } from './convert.ts';
import { changedRanges } from './ranges.ts';
import { schema } from './schema.ts';

/** Words for what decorations say to a screen reader. */
export interface NumberWords {
	cell: (row: number, column: number) => string;
	note: (number: number) => string;
}

const numbers = new PluginKey<DecorationSet>('numbers');

export function numbering(words: NumberWords): Plugin {
	return new Plugin<DecorationSet>({
		key: numbers,
		state: {
			init: (_config, { doc }) => draw(doc, words),
			apply: (tr, drawn, before) =>
				tr.docChanged && structural(tr, before.doc)
					? draw(tr.doc, words)
					: drawn.map(tr.mapping, tr.doc)
		},
		props: { decorations: (state) => numbers.getState(state) }
	});
}

/** Whether a transaction changed more than words inside blocks. */
function structural(tr: Transaction, before: Node): boolean {
	if (before.childCount !== tr.doc.childCount) return true;
	return changedRanges([tr]).some(({ from, to, newFrom, newTo }) => {
		const [old, now] = [before.resolve(from), tr.doc.resolve(newFrom)];
		if (old.depth === 0 || now.depth === 0) return true;
		if (!old.sameParent(before.resolve(to)) || !now.sameParent(tr.doc.resolve(newTo))) return true;
		return hasReference(before, from, to) || hasReference(tr.doc, newFrom, newTo);
	});
}

function hasReference(doc: Node, from: number, to: number): boolean {
	let found = false;
	doc.nodesBetween(from, to, (node) => {
		found ||= node.type === schema.nodes.reference;
		return !found;
	});
	return found;
}

function draw(doc: Node, words: NumberWords): DecorationSet {
	const blocks: Array<Pick<Block, 'id' | 'attrs'>> = [];
	// Positions name the blocks here, because ids may repeat and these may not.
	doc.forEach((node, pos) => blocks.push({ id: String(pos), attrs: attrsOf(node) }));
	const clauses = numberClauses(blocks);
	const notes = references(doc);
	const made: Decoration[] = [];
	const items: number[] = [];
	let table: TableCursor = { row: 0, column: 0 };
	doc.forEach((node, pos, i) => {
		const type = node.type.name;
		const number = clauses.get(String(pos)) ?? itemNumber(items, node);
		if (number) made.push(Decoration.node(pos, pos + node.nodeSize, { 'data-number': number }));
		if (type === 'note') {
			const order = String(notes.get(node.attrs.note) ?? '*');
			made.push(Decoration.node(pos, pos + node.nodeSize, { 'data-number': order }));
		}
		if (type === 'cell') {
			table = nextCell(table, doc.maybeChild(i - 1), node);
			made.push(cellDecoration(doc, i, pos, table, words));
		}
		node.forEach((child, offset) => {
			if (child.type !== schema.nodes.reference) return;
			const order = notes.get(child.attrs.note)!;
			const at = pos + 1 + offset;
			const said = { 'data-number': String(order), role: 'img', 'aria-label': words.note(order) };
			made.push(Decoration.node(at, at + 1, said));
		});
	});
	return DecorationSet.create(doc, made);
}

/** Footnotes are numbered in the order of their first reference. */
function references(doc: Node): Map<string, number> {
	const order = new Map<string, number>();
	doc.descendants((node) => {
		if (node.type !== schema.nodes.reference || order.has(node.attrs.note)) return;
		order.set(node.attrs.note, order.size + 1);
	});
	return order;
}

/** The number of an ordered item; anything but an item ends all lists. */
function itemNumber(counts: number[], { type, attrs }: Node): string | undefined {
	if (type !== schema.nodes.item) {
		counts.length = 0;
		return undefined;
	}
	const level = attrs.level as number;
	counts.length = level;
	if (attrs.list !== 'ordered') {
		counts[level - 1] = 0;
		return undefined;
	}
	counts[level - 1] = (counts[level - 1] ?? 0) + 1;
	return `${counts[level - 1]}.`;
}

interface TableCursor {
	row: number;
	column: number;
}

function nextCell({ row, column }: TableCursor, before: Node | null, node: Node): TableCursor {
	if (before?.type !== node.type || before.attrs.table !== node.attrs.table)
		return { row: 1, column: 1 };
	return before.attrs.row === node.attrs.row
		? { row, column: column + 1 }
		: { row: row + 1, column: 1 };
}

function cellDecoration(
	doc: Node,
	i: number,
	pos: number,
	{ row, column }: TableCursor,
	words: NumberWords
): Decoration {
	const node = doc.child(i);
	const inRow = (other: Node | null) =>
		other?.type === node.type &&
		other.attrs.table === node.attrs.table &&
		other.attrs.row === node.attrs.row;
	let columns = column;
	while (inRow(doc.maybeChild(i + columns - column + 1))) columns++;
	return Decoration.node(pos, pos + node.nodeSize, {
		role: 'group',
		'aria-label': words.cell(row, column),
		'data-columns': String(Math.min(columns, 12)),
		...(column === 1 && { 'data-first': '' }),
		...(row === 1 && { 'data-top': '' })
	});
}
