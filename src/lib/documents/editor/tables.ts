/** Tables: runs of cells with one table key; a row is the run with one row key. */
import { type Node, Slice, Fragment } from 'prosemirror-model';
import { type Command, type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { newBlockId } from '../text/ids.ts';
import { schema } from './schema.ts';

interface Cell {
	node: Node;
	pos: number;
}

/** The table around the caret: its rows of cells, and where the caret's cell is. */
export interface Table {
	rows: Cell[][];
	row: number;
	column: number;
}

const isCell = (node: Node | null | undefined) => node?.type === schema.nodes.cell;

/** The table the selection's head is in, if it is in one. */
export function tableAt({
	doc,
	selection
}: Pick<EditorState, 'doc' | 'selection'>): Table | undefined {
	const { $head } = selection;
	if (!isCell($head.parent)) return undefined;
	const key = $head.parent.attrs.table;
	let first = $head.index(0);
	let pos = $head.before(1);
	const own = pos;
	while (first > 0 && isCell(doc.child(first - 1)) && doc.child(first - 1).attrs.table === key) {
		pos -= doc.child(--first).nodeSize;
	}
	const table: Table = { rows: [], row: 0, column: 0 };
	for (let i = first; i < doc.childCount; i++) {
		const node = doc.child(i);
		if (!isCell(node) || node.attrs.table !== key) break;
		const last = table.rows.at(-1);
		if (last && last[0]!.node.attrs.row === node.attrs.row) last.push({ node, pos });
		else table.rows.push([{ node, pos }]);
		if (pos === own) {
			table.row = table.rows.length - 1;
			table.column = table.rows.at(-1)!.length - 1;
		}
		pos += node.nodeSize;
	}
	return table;
}

/** Puts a table after the caret's block (in its place if that is empty), with a header row. */
export function insertTable(rows = 3, columns = 3): Command {
	return (state, dispatch) => {
		const { $from } = state.selection;
		if ($from.depth === 0 || isCell($from.parent)) return false;
		const table = newBlockId();
		const cells = Array.from({ length: rows }, (_, i) => cellRow(table, columns, i === 0)).flat();
		const tr = state.tr;
		const empty = $from.parent.content.size === 0 && $from.parent.type === schema.nodes.paragraph;
		// An empty paragraph stays below the table, so that one can go on writing there.
		const at = empty ? $from.before(1) : $from.after(1);
		const after =
			empty || tr.doc.resolve(at).nodeAfter ? [] : [schema.node('paragraph', { id: newBlockId() })];
		tr.replace(at, at, new Slice(Fragment.from([...cells, ...after]), 0, 0));
		dispatch?.(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
		return true;
	};
}

function cellRow(table: string, columns: number, head = false): Node[] {
	const row = newBlockId();
	return Array.from({ length: columns }, () =>
		schema.node('cell', { id: newBlockId(), table, row, head })
	);
}

/** A command on the caret's table. */
function onTable(change: (tr: Transaction, table: Table) => void): Command {
	return (state, dispatch) => {
		const table = tableAt(state);
		if (!table) return false;
		const tr = state.tr;
		change(tr, table);
		dispatch?.(tr.scrollIntoView());
		return true;
	};
}

export const addRow = onTable((tr, { rows, row }) => {
	const last = rows[row]!.at(-1)!;
	const at = last.pos + last.node.nodeSize;
	insertCells(tr, at, cellRow(last.node.attrs.table, rows[row]!.length));
	tr.setSelection(TextSelection.create(tr.doc, at + 1));
});

export const addColumn = onTable((tr, { rows, column }) => {
	for (const cells of rows.toReversed()) {
		const { node, pos } = cells[Math.min(column, cells.length - 1)]!;
		insertCells(tr, pos + node.nodeSize, [
			schema.node('cell', { ...node.attrs, id: newBlockId() })
		]);
	}
});

export const deleteRow = onTable((tr, { rows, row }) => removeCells(tr, rows[row]!));

export const deleteColumn = onTable((tr, { rows, column }) =>
	removeCells(
		tr,
		rows.flatMap((cells) => cells.slice(column, column + 1))
	)
);

export const deleteTable = onTable((tr, { rows }) => removeCells(tr, rows.flat()));

export const toggleHeader = onTable((tr, { rows, row }) => {
	const head = !rows[row]![0]!.node.attrs.head;
	for (const { node, pos } of rows[row]!) tr.setNodeMarkup(pos, null, { ...node.attrs, head });
});

/** Moves to the cell after or before; past the last one a row is added. */
export function moveCell(by: 1 | -1): Command {
	return (state, dispatch) => {
		const table = tableAt(state);
		if (!table) return false;
		const cells = table.rows.flat();
		const { pos: own } = table.rows[table.row]![table.column]!;
		const target = cells[cells.findIndex(({ pos }) => pos === own) + by];
		if (!target) return by > 0 ? addRow(state, dispatch) : true;
		const end = target.pos + 1 + target.node.content.size;
		dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, end)).scrollIntoView());
		return true;
	};
}

function insertCells(tr: Transaction, at: number, cells: Node[]): void {
	tr.replace(at, at, new Slice(Fragment.from(cells), 0, 0));
}

/** Deletes cells; a document that would be left without any block keeps an empty paragraph. */
function removeCells(tr: Transaction, cells: Cell[]): void {
	if (cells.length === tr.doc.childCount) {
		tr.insert(0, schema.node('paragraph', { id: newBlockId() }));
	}
	const shift = tr.mapping;
	for (const { node, pos } of cells.toReversed())
		tr.delete(shift.map(pos), shift.map(pos) + node.nodeSize);
}
