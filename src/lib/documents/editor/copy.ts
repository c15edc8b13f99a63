/**
 * Blocks as clean, nested HTML for the clipboard: real lists, tables and quotes that any program
 * understands, with the few data attributes that bring clauses and footnotes back here.
 */
import type { Fragment } from 'prosemirror-model';
import { DOMSerializer, type Node as Block } from 'prosemirror-model';
import { schema } from './schema.ts';

const inline = DOMSerializer.fromSchema(schema);

/** Takes the place of ProseMirror's serializer when something is copied. */
export class CopySerializer extends DOMSerializer {
	constructor() {
		super(inline.nodes, inline.marks);
	}

	override serializeFragment(
		fragment: Fragment,
		options: { document?: Document } = {}
	): DocumentFragment {
		const page = options.document ?? document;
		const out = page.createDocumentFragment();
		const blocks = fragment.content;
		if (blocks[0]?.isInline) {
			out.append(inline.serializeFragment(fragment, { document: page }));
			return out;
		}
		for (let i = 0; i < blocks.length;) {
			const run = runFrom(blocks, i);
			out.append(element(page, run));
			i += run.length;
		}
		return out;
	}
}

/** The blocks from `start` on that make one element together. */
function runFrom(blocks: readonly Block[], start: number): Block[] {
	const first = blocks[start]!;
	const same = (block: Block) =>
		block.type === first.type &&
		(first.type.name === 'codeline' ||
			first.type.name === 'item' ||
			(first.type.name === 'cell' && block.attrs.table === first.attrs.table));
	let end = start + 1;
	while (end < blocks.length && same(blocks[end]!)) end++;
	return blocks.slice(start, end);
}

function element(page: Document, run: Block[]): HTMLElement {
	const [first] = run as [Block];
	if (first.type.name === 'item') return list(page, run, 0, 1)[0];
	if (first.type.name === 'cell') return table(page, run);
	if (first.type.name === 'codeline') {
		const pre = page.createElement('pre');
		pre.textContent = run.map((line) => line.textContent).join('\n');
		return pre;
	}
	const tag = first.type.name === 'heading' ? `h${first.attrs.level}` : 'p';
	const made = filled(page, first.type.name === 'quote' ? 'blockquote' : tag, first);
	if (first.type.name === 'clause') made.dataset.clause = String(first.attrs.level);
	if (first.type.name === 'note') made.dataset.footnote = first.attrs.note;
	return made;
}

/** The list of the items from `start` on that are at `level` or deeper, and where it ends. */
function list(page: Document, items: Block[], start: number, level: number): [HTMLElement, number] {
	const kind = items[start]!.attrs.list;
	const made = page.createElement(kind === 'ordered' ? 'ol' : 'ul');
	let at = start;
	while (at < items.length && items[at]!.attrs.level >= level) {
		const item = items[at]!;
		if (item.attrs.level > level) {
			const [inner, end] = list(page, items, at, level + 1);
			if (!made.lastElementChild) made.append(page.createElement('li'));
			made.lastElementChild!.append(inner);
			at = end;
		} else {
			made.append(filled(page, 'li', item));
			at++;
		}
	}
	return [made, at];
}

function table(page: Document, cells: Block[]): HTMLElement {
	const made = page.createElement('table');
	let row: HTMLElement | undefined;
	let key: unknown;
	for (const cell of cells) {
		if (!row || cell.attrs.row !== key) {
			row = page.createElement('tr');
			made.append(row);
			key = cell.attrs.row;
		}
		row.append(filled(page, cell.attrs.head ? 'th' : 'td', cell));
	}
	return made;
}

function filled(page: Document, tag: string, block: Block): HTMLElement {
	const made = page.createElement(tag);
	made.append(inline.serializeFragment(block.content, { document: page }));
	for (const reference of made.querySelectorAll<HTMLElement>('.embed-note')) {
		const sup = page.createElement('sup');
		sup.dataset.note = reference.dataset.note;
		sup.textContent = '*';
		reference.replaceWith(sup);
	}
	for (const rule of made.querySelectorAll('.embed-rule'))
		rule.replaceWith(page.createElement('hr'));
	return made;
}
