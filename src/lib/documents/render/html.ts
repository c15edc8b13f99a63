/**
 * A text as HTML, one piece per group of blocks: drawn on the server for readers without JavaScript,
 * and patched piece by piece in the browser while others write. Everything is escaped, links are
 * checked again, and no style is written into the markup.
 *
 * What the pieces promise: every block has `id="b-<id>"`, `data-block` and `data-from` (flat index of its
 * first character); every embed is one element with `data-embed`; what is not text of the body, such
 * as clause numbers, is inside `data-skip`.
 */
import type { Block } from '#lib/documents/text/blocks.ts';
import { attribute } from './escape.ts';
import { fingerprint } from './fingerprint.ts';
import { inlineHtml } from './inline.ts';
import {
	firstBlock,
	type Group,
	type Item,
	type List,
	type Model,
	renderModel,
	type Row
} from './model.ts';
import { notesHtml } from './notes.ts';
import { type Mark, Paints, pieces } from './paint.ts';

export interface RenderOptions {
	/** Ranges to paint. */
	marks?: Mark[];
	/** Where blocks begin in the living text, for blocks that are not in its own places. */
	origins?: ReadonlyMap<string, number> | undefined;
	/** Put before every element id, when a page shows two texts. */
	prefix?: string;
	/** Numbers of clauses and sections as words, where all else is a link. */
	plainNumbers?: boolean;
	/** Words for those who hear the page; the caller knows the language. */
	labels?: { notes?: string; back?: string };
}

/** One group of blocks, drawn. */
export interface Rendered {
	/** The id of the group's first block, or `~notes`. */
	id: string;
	html: string;
	/** Changes when the piece must be drawn anew; not when it merely moved. */
	hash: string;
	/** Flat index of its first character: with an equal hash, every `data-from` in it moved by as much. */
	from: number;
}

/** The id of the piece that holds the footnotes. */
export const NOTES = '~notes';

/** The pieces of a text, in order, the footnotes last when there are any. */
export function renderBlocks(blocks: Block[], options: RenderOptions = {}): Rendered[] {
	const model = renderModel(blocks);
	const draw = new Drawing(model, options);
	const drawn = model.groups.map((group) => {
		const first = firstBlock(group);
		return rendered(first.id, draw.origin(first), draw.group(group));
	});
	const notes = notesHtml(model.notes, options, draw);
	const first = model.notes.find((note) => note.blocks.length > 0);
	if (first && notes !== '') drawn.push(rendered(NOTES, draw.origin(first.blocks[0]!), notes));
	return drawn;
}

/** The whole text as one string of HTML. */
export function renderHtml(blocks: Block[], options: RenderOptions = {}): string {
	return renderBlocks(blocks, options)
		.map(({ html }) => html)
		.join('\n');
}

/** Draws groups of one text. */
export class Drawing {
	private readonly prefix: string;
	private readonly origins: RenderOptions['origins'];
	private readonly plainNumbers: boolean;
	private readonly paints: Paints;
	private readonly noteNumbers: Map<string, number>;

	constructor(model: Model, options: RenderOptions) {
		this.prefix = options.prefix ?? '';
		this.origins = options.origins;
		this.plainNumbers = options.plainNumbers ?? false;
		this.paints = new Paints(options.marks ?? []);
		this.noteNumbers = new Map(model.notes.map(({ key, number }) => [key, number]));
	}

	/** The flat index of a block's first character in the living text. */
	origin({ id, from }: Block): number {
		return this.origins?.get(id) ?? from;
	}

	group(group: Group): string {
		if (group.kind === 'heading') return this.heading(group);
		if (group.kind === 'clause') return this.clause(group);
		if (group.kind === 'rule')
			return this.element('div', group.block, 'rule', '<hr data-embed="rule">');
		if (group.kind === 'paragraph') return this.element('p', group.block);
		if (group.kind === 'list') return group.lists.map((list) => this.list(list)).join('');
		if (group.kind === 'table') return this.table(group.rows);
		const inner = group.blocks.map((block) =>
			this.element(group.kind === 'code' ? 'span' : 'p', block)
		);
		if (group.kind === 'quote') return `<blockquote>${inner.join('')}</blockquote>`;
		return `<pre tabindex="0"><code>${inner.join('\n')}</code></pre>`;
	}

	/** An element that is a block: its words inside `tag`, with all that the page needs to know of it. */
	element(tag: string, block: Block, type: string = block.attrs.type, inner?: string): string {
		return `<${tag}${this.attributes(block, type)}>${inner ?? this.words(block)}</${tag}>`;
	}

	attributes(block: Block, type: string, extra = ''): string {
		const { id } = block;
		return (
			attribute('class', `block ${type}`) +
			attribute('id', `${this.prefix}b-${id}`) +
			attribute('data-block', id) +
			attribute('data-from', this.origin(block)) +
			extra
		);
	}

	words(block: Block): string {
		const marks = this.paints.within(block.from, block.to);
		return inlineHtml(pieces(block.spans, block.from, marks), {
			blockId: block.id,
			noteNumber: (key) => this.noteNumbers.get(key),
			prefix: this.prefix
		});
	}

	private heading({ block, level, number }: Extract<Group, { kind: 'heading' }>): string {
		// A heading without words would be announced as one.
		if (block.spans.length === 0) return this.element('p', block, 'heading empty');
		const inner = this.number(block, number) + this.words(block);
		return this.element(`h${level}`, block, 'heading', inner);
	}

	private clause({ block, level, number }: Extract<Group, { kind: 'clause' }>): string {
		const attributes = this.attributes(block, 'clause', attribute('data-level', level));
		return `<p${attributes}>${this.number(block, number)}${this.words(block)}</p>`;
	}

	private number({ id }: Block, number: string | null): string {
		if (!number) return '';
		if (this.plainNumbers) return `<span class="number clause-number" data-skip>${number} </span>`;
		const href = attribute('href', `#${this.prefix}b-${id}`);
		return `<a class="number clause-number"${href} data-skip>${number} </a>`;
	}

	private list({ list, items }: List): string {
		const tag = list === 'ordered' ? 'ol' : 'ul';
		return `<${tag}>${items.map((item) => this.item(item)).join('')}</${tag}>`;
	}

	private item({ block, lists }: Item): string {
		const inner = lists.map((list) => this.list(list)).join('');
		if (!block) return `<li class="bare">${inner}</li>`;
		return `<li>${this.element('p', block)}${inner}</li>`;
	}

	private table(rows: Row[]): string {
		const width = Math.max(...rows.map((row) => row.cells.length));
		const heads = rows.findIndex((row) => !row.head);
		const cut = heads === -1 ? rows.length : heads;
		const part = (tag: string, of: Row[], scope: string) =>
			of.length === 0
				? ''
				: `<${tag}>${of.map((row) => this.row(row, width, scope)).join('')}</${tag}>`;
		const inner = part('thead', rows.slice(0, cut), 'col') + part('tbody', rows.slice(cut), 'row');
		return `<div class="table" tabindex="0"><table>${inner}</table></div>`;
	}

	private row({ cells }: Row, width: number, scope: string): string {
		const drawn = cells.map((block) => {
			const head = block.attrs.type === 'cell' && block.attrs.head;
			const attributes = this.attributes(block, 'cell', head ? attribute('scope', scope) : '');
			const tag = head ? 'th' : 'td';
			return `<${tag}${attributes}>${this.words(block)}</${tag}>`;
		});
		return `<tr>${drawn.join('')}${'<td></td>'.repeat(width - cells.length)}</tr>`;
	}
}

function rendered(id: string, from: number, html: string): Rendered {
	return { id, html, hash: fingerprint(html.replace(/ data-from="\d+"/g, '')), from };
}
