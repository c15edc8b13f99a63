/**
 * The flat text read as blocks. A block is everything up to and including one line-end, and the
 * line-end's `block` attribute says what it is. Offsets are flat indices: one per UTF-16 unit,
 * one per embed, one per line-end, exactly as Y.Text counts.
 */
import type * as Y from 'yjs';
import {
	type BlockAttrs,
	type Marks,
	readBlockAttrs,
	readMarks,
	sameMarks,
	TAIL
} from './attrs.ts';
import { bodyDelta } from './body.ts';
import { type Embed, readEmbed, writeEmbed } from './embeds.ts';

export * from './attrs.ts';
export * from './embeds.ts';
export { numberClauses } from './clauses.ts';

export type Span = { text: string; marks: Marks } | { embed: Embed; marks: Marks };

export interface Block {
	/** Unique in the document, also when two line-ends carry the same id. */
	id: string;
	/** As stored: `attrs.id` may repeat where `id` does not. */
	attrs: BlockAttrs;
	spans: Span[];
	/** Flat index of the first character. */
	from: number;
	/** Flat index of the line-end. */
	to: number;
}

/** Content operations as Y.Text's `toDelta` gives them. */
export type Delta = Array<{ insert: string | object; attributes?: Record<string, unknown> }>;

/**
 * Reads a body (or its delta) as blocks, in order. Never throws and never returns an empty list:
 * text without a final line-end closes with a paragraph named `tail`.
 */
export function readBlocks(source: Y.Text | Delta): Block[] {
	const blocks: Block[] = [];
	let spans: Span[] = [];
	let [from, at] = [0, 0];
	const close = (attrs: BlockAttrs) => {
		blocks.push({ id: attrs.id, attrs, spans, from, to: at });
		spans = [];
		from = at + 1;
	};
	for (const { insert, attributes } of Array.isArray(source) ? source : bodyDelta(source)) {
		const marks = readMarks(attributes);
		if (typeof insert !== 'string') {
			spans.push({ embed: readEmbed(insert), marks });
			at++;
			continue;
		}
		insert.split('\n').forEach((text, line) => {
			if (line > 0) {
				close(readBlockAttrs(attributes?.block));
				at++;
			}
			addText(spans, text, marks);
			at += text.length;
		});
	}
	if (at > from || blocks.length === 0) close({ id: TAIL, type: 'paragraph' });
	return withUniqueIds(blocks);
}

/** Adds text to spans, merged with the last one where the marks agree. */
export function addText(spans: Span[], text: string, marks: Marks): void {
	if (text === '') return;
	const last = spans.at(-1);
	if (last && 'text' in last && sameMarks(last.marks, marks)) last.text += text;
	else spans.push({ text, marks });
}

/** Gives repeated ids a suffix: the first keeps its id, later ones read `<id>.2`, `<id>.3`, …. */
export function withUniqueIds(blocks: Block[]): Block[] {
	const taken = new Set(blocks.map((block) => block.attrs.id));
	const seen = new Map<string, number>();
	for (const block of blocks) {
		let count = (seen.get(block.attrs.id) ?? 0) + 1;
		if (count > 1) {
			while (taken.has(`${block.attrs.id}.${count}`)) count++;
			block.id = `${block.attrs.id}.${count}`;
			taken.add(block.id);
		}
		seen.set(block.attrs.id, count);
	}
	return blocks;
}

/** The delta that reads as these blocks. */
export function toDelta(blocks: Array<Pick<Block, 'attrs' | 'spans'>>): Delta {
	return blocks.flatMap(({ attrs, spans }) => [
		...spans.map((span) => ({
			insert: 'text' in span ? span.text : writeEmbed(span.embed),
			...(Object.keys(span.marks).length > 0 && { attributes: { ...span.marks } })
		})),
		{ insert: '\n', attributes: { block: { ...attrs } } }
	]);
}

/** The words of a block as a person reads them: a break is a line feed, other embeds are nothing. */
export function plainText(block: Pick<Block, 'spans'>): string {
	return textOf(block, (embed) => (embed.type === 'break' ? '\n' : ''));
}

/** The block's text with one U+FFFC per embed, so that offsets into it are flat offsets. */
export function alignedText(block: Pick<Block, 'spans'>): string {
	return textOf(block, () => '\uFFFC');
}

function textOf({ spans }: Pick<Block, 'spans'>, embedded: (embed: Embed) => string): string {
	return spans.map((span) => ('text' in span ? span.text : embedded(span.embed))).join('');
}
