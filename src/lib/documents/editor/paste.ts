/**
 * HTML from anywhere (Word, Google Docs, a web page, ourselves) as blocks. It walks a detached
 * document and keeps words, structure and the marks we have; everything else is left behind.
 */
import { Fragment, type Node as Block, Slice } from 'prosemirror-model';
import { type Marks, MAX_LEVEL, readBlockAttrs, readLink } from '../text/blocks.ts';
import { newBlockId } from '../text/ids.ts';
import { blockNode, embedNode, markSet } from './convert.ts';
import { listOf, looksOf } from './origin.ts';
import type { Kind } from './retype.ts';
import { schema } from './schema.ts';

/** Elements whose words are not part of a text. */
const SILENT = new Set(
	'script style head meta title link noscript template svg math object iframe canvas audio video img select textarea button'.split(
		' '
	)
);

/** Elements that start a new block and nothing more. */
const PLAIN = new Set(
	'p div section article main header footer aside nav figure figcaption address dl dt dd details summary ul ol table tbody thead tfoot caption form fieldset'.split(
		' '
	)
);

interface Context {
	kind: Kind;
	marks: Marks;
	list: { list: 'bullet' | 'ordered'; level: number } | undefined;
	verbatim: boolean;
	/** Inside a table cell, where every block becomes a line. */
	cell: boolean;
}

/** The slice a pasted document stands for, closed on both sides. */
export function readHtml(root: Node): Slice {
	const reader = new Reader();
	reader.children(root, {
		kind: { type: 'paragraph' },
		marks: {},
		list: undefined,
		verbatim: false,
		cell: false
	});
	reader.close();
	return new Slice(Fragment.from(reader.blocks), 0, 0);
}

class Reader {
	readonly blocks: Block[] = [];
	private inline: Block[] = [];
	private kind: Kind = { type: 'paragraph' };

	children(parent: Node, context: Context): void {
		parent.childNodes.forEach((child) => {
			if (child.nodeType === 3) this.text(child.nodeValue ?? '', context);
			else if (child.nodeType === 1) this.element(child as HTMLElement, context);
		});
	}

	/** Ends the block being read; one without words is dropped unless it is a cell. */
	close(keepEmpty = false): void {
		const content = trimEnd(this.inline);
		this.inline = [];
		if (content.length === 0 && !keepEmpty) return;
		this.blocks.push(blockNode({ ...readBlockAttrs(this.kind), id: '' }, Fragment.from(content)));
	}

	private element(element: HTMLElement, outer: Context): void {
		const tag = element.localName;
		if (SILENT.has(tag)) return;
		const context = { ...outer, marks: { ...outer.marks, ...looksOf(element, outer.marks) } };
		const word = listOf(element);
		if (word === 'marker') return;
		if (tag === 'br') return this.lineBreak(context);
		if (tag === 'hr') return this.rule(context);
		if (tag === 'table' && !context.cell) return this.table(element, context);
		if (element.dataset.note && tag === 'sup') {
			this.inline.push(embedNode({ type: 'note', note: element.dataset.note }));
			return;
		}
		const kind = word ? { type: 'item' as const, ...word } : this.kindOf(element, tag, context);
		if (!kind) return this.children(element, context);
		this.block(element, { ...context, kind, verbatim: context.verbatim || tag === 'pre' });
	}

	/** What a block element makes of its words; inline elements are undefined. */
	private kindOf(element: HTMLElement, tag: string, context: Context): Kind | undefined {
		const { clause, footnote } = element.dataset;
		if (clause) return { type: 'clause', level: Number(clause) };
		if (footnote) return { type: 'note', note: footnote };
		if (/^h[1-6]$/.test(tag)) return { type: 'heading', level: Number(tag[1]) };
		if (tag === 'blockquote') return { type: 'quote' };
		if (tag === 'pre') return { type: 'code' };
		if (tag === 'li') {
			const { list, level } = context.list ?? { list: 'bullet' as const, level: 1 };
			return { type: 'item', list, level: Math.min(level, MAX_LEVEL.item) };
		}
		if (tag === 'ul' || tag === 'ol') {
			const list = tag === 'ol' ? 'ordered' : 'bullet';
			context.list = { list, level: (context.list?.level ?? 0) + 1 };
		}
		return PLAIN.has(tag) || tag === 'tr' || tag === 'td' || tag === 'th'
			? context.kind
			: undefined;
	}

	private block(element: HTMLElement, context: Context): void {
		if (context.cell) {
			if (this.inline.length > 0) this.lineBreak(context);
			return this.children(element, context);
		}
		this.close();
		this.kind = context.kind;
		this.children(element, context);
		this.close();
		this.kind = { type: 'paragraph' };
	}

	private table(element: HTMLElement, context: Context): void {
		this.close();
		const table = newBlockId();
		for (const row of element.querySelectorAll('tr')) {
			if (row.closest('table') !== element) continue;
			const key = newBlockId();
			for (const cell of row.children) {
				const head = cell.localName === 'th';
				this.kind = { type: 'cell', table, row: key, ...(head && { head }) };
				this.children(cell, { ...context, cell: true, verbatim: false });
				this.close(true);
			}
		}
		this.kind = { type: 'paragraph' };
	}

	private rule(context: Context): void {
		if (context.cell) return;
		this.close();
		this.inline = [embedNode({ type: 'rule' })];
		this.close();
	}

	private lineBreak(context: Context): void {
		if (context.verbatim && !context.cell) this.close(true);
		else if (this.inline.length > 0) this.inline.push(embedNode({ type: 'break' }));
	}

	private text(value: string, context: Context): void {
		if (context.verbatim && !context.cell) {
			const lines = value.replace(/\r\n?/g, '\n').split('\n');
			lines.forEach((line, i) => {
				if (i > 0) this.close(true);
				this.add(line, context.marks);
			});
			return;
		}
		const collapsed = value.replace(/[ \t\r\n\f]+/g, ' ');
		const last = this.inline.at(-1);
		const spaced = !last || last.type.name === 'break' || last.text?.endsWith(' ');
		this.add(spaced ? collapsed.replace(/^ /, '') : collapsed, context.marks);
	}

	private add(text: string, marks: Marks): void {
		const href = readLink(marks.link);
		const { link: _link, ...toggles } = marks;
		if (text !== '')
			this.inline.push(schema.text(text, markSet({ ...toggles, ...(href && { link: href }) })));
	}
}

function trimEnd(inline: Block[]): Block[] {
	const rest = [...inline];
	for (let last = rest.at(-1); last; last = rest.at(-1)) {
		const text = last.isText ? last.text!.replace(/ +$/, '') : undefined;
		if (text === last.text && last.type.name !== 'break') break;
		rest.pop();
		if (text) {
			rest.push(schema.text(text, last.marks));
			break;
		}
	}
	return rest;
}

/** Plain text: each line a block, of the kind one is writing in where that is code. */
export function readPlain(text: string, code: boolean): Slice {
	const lines = text.replace(/\r\n?/g, '\n').split('\n');
	const kept = code ? lines : lines.filter((line) => line.trim() !== '');
	const type = code ? 'code' : 'paragraph';
	const blocks = kept.map((line) =>
		blockNode({ id: '', type }, line === '' ? undefined : Fragment.from(schema.text(line)))
	);
	return new Slice(Fragment.from(blocks), 0, 0);
}

/** The words of a slice as inline content with line breaks, for cells and footnotes. */
export function inlineOf(slice: Slice): Fragment {
	const nodes: Block[] = [];
	slice.content.forEach((block, _pos, i) => {
		if (i > 0) nodes.push(embedNode({ type: 'break' }));
		block.forEach((child) => nodes.push(child));
	});
	return Fragment.from(nodes);
}
