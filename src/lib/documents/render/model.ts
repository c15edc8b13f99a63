/**
 * Blocks gathered into what a reader sees: lists with items in items, tables with rows, code as one
 * piece, quotes together, footnotes at the end. Pure data, so that the page, the printed page and the
 * plain text are drawn from the same.
 */
import { type Block, type ListKind, numberClauses } from '#lib/documents/text/blocks.ts';
import { headingLevels } from './levels.ts';

export type Group =
	| { kind: 'heading'; block: Block; level: number; number: string | null }
	| { kind: 'clause'; block: Block; level: number; number: string }
	| { kind: 'paragraph'; block: Block }
	| { kind: 'rule'; block: Block }
	| { kind: 'list'; lists: List[]; blocks: Block[] }
	| { kind: 'quote'; blocks: Block[] }
	| { kind: 'code'; blocks: Block[] }
	| { kind: 'table'; rows: Row[]; blocks: Block[] };

/** Items of one kind; neighbours of another kind make another list. */
export interface List {
	list: ListKind;
	items: Item[];
}

/** `block` is null where a text jumps a level: the item only holds the lists below it. */
export interface Item {
	block: Block | null;
	lists: List[];
}

export interface Row {
	head: boolean;
	cells: Block[];
}

/** A footnote: its body, its number, and the places that refer to it. */
export interface Note {
	key: string;
	number: number;
	blocks: Block[];
	/** Ids of the elements that refer to it, in order. */
	references: string[];
}

export interface Model {
	groups: Group[];
	notes: Note[];
	/** Numbers of sections and clauses, by block id. */
	numbers: Map<string, string>;
}

/** The blocks of a text as the nested structure of its page. */
export function renderModel(blocks: Block[]): Model {
	const numbers = numberClauses(blocks);
	const shown = headingLevels(blocks);
	const groups: Group[] = [];
	for (const run of runsOf(blocks.filter(({ attrs }) => attrs.type !== 'note'))) {
		groups.push(groupOf(run, numbers, shown));
	}
	return { groups, notes: notesOf(blocks), numbers };
}

/** The first block of a group; it names the group. */
export function firstBlock(group: Group): Block {
	return 'block' in group ? group.block : group.blocks[0]!;
}

/** Neighbours that are drawn as one element. */
function runsOf(blocks: Block[]): Block[][] {
	const runs: Block[][] = [];
	for (const block of blocks) {
		const run = runs.at(-1);
		if (run && belongTogether(run.at(-1)!, block)) run.push(block);
		else runs.push([block]);
	}
	return runs;
}

function belongTogether({ attrs: a }: Block, { attrs: b }: Block): boolean {
	if (a.type === 'cell') return b.type === 'cell' && a.table === b.table;
	return a.type === b.type && (a.type === 'item' || a.type === 'quote' || a.type === 'code');
}

function groupOf(run: Block[], numbers: Map<string, string>, shown: Map<string, number>): Group {
	const block = run[0]!;
	const { attrs } = block;
	const number = numbers.get(block.id) ?? null;
	if (attrs.type === 'heading') {
		return { kind: 'heading', block, level: shown.get(block.id) ?? 2, number };
	}
	if (attrs.type === 'clause') {
		return { kind: 'clause', block, level: attrs.level, number: number ?? '' };
	}
	if (attrs.type === 'item') return { kind: 'list', lists: nested(run), blocks: run };
	if (attrs.type === 'quote' || attrs.type === 'code') return { kind: attrs.type, blocks: run };
	if (attrs.type === 'cell') return { kind: 'table', rows: rowsOf(run), blocks: run };
	return { kind: isRule(block) ? 'rule' : 'paragraph', block };
}

function isRule({ spans }: Block): boolean {
	const [span] = spans;
	return spans.length === 1 && span !== undefined && 'embed' in span && span.embed.type === 'rule';
}

function nested(items: Block[]): List[] {
	const top: List[] = [];
	for (const block of items) {
		if (block.attrs.type !== 'item') continue;
		const { level, list } = block.attrs;
		let lists = top;
		for (let depth = 1; depth < level; depth++) {
			lists = (lists.at(-1)?.items.at(-1) ?? emptyItem(lists, list)).lists;
		}
		const last = lists.at(-1);
		if (last?.list === list) last.items.push({ block, lists: [] });
		else lists.push({ list, items: [{ block, lists: [] }] });
	}
	return top;
}

function emptyItem(lists: List[], list: ListKind): Item {
	const item: Item = { block: null, lists: [] };
	lists.push({ list, items: [item] });
	return item;
}

function rowsOf(cells: Block[]): Row[] {
	const rows: Row[] = [];
	let current = '';
	for (const block of cells) {
		if (block.attrs.type !== 'cell') continue;
		const row = rows.at(-1);
		if (row && block.attrs.row === current) row.cells.push(block);
		else rows.push({ head: false, cells: [block] });
		current = block.attrs.row;
	}
	for (const row of rows) row.head = row.cells.every(({ attrs }) => 'head' in attrs && attrs.head);
	return rows;
}

/** Footnotes in the order of their first reference; those nobody refers to come last. */
function notesOf(blocks: Block[]): Note[] {
	const notes = new Map<string, Note>();
	const noteOf = (key: string): Note => {
		const known = notes.get(key);
		if (known) return known;
		const note = { key, number: notes.size + 1, blocks: [], references: [] };
		notes.set(key, note);
		return note;
	};
	for (const block of blocks) {
		for (const [at, span] of block.spans.entries()) {
			if (!('embed' in span) || span.embed.type !== 'note') continue;
			noteOf(span.embed.note).references.push(referenceId(block.id, at));
		}
	}
	for (const block of blocks) {
		if (block.attrs.type === 'note') noteOf(block.attrs.note).blocks.push(block);
	}
	return [...notes.values()];
}

/** The id of the element that refers to a footnote: the span's place in its block. */
export function referenceId(blockId: string, span: number): string {
	return `r-${blockId}-${span}`;
}
