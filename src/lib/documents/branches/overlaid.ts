/**
 * The living text with the changes of chosen branches in place, to be drawn for readers: all of it, not
 * only the blocks that change. Words put in are not the text's own, so they count for nothing where
 * places in the text are counted; everything else keeps its place in the living text.
 */
import type { Mark } from '../render/paint.ts';
import type { Block, BlockAttrs, Span } from '../text/blocks.ts';
import { addText, withUniqueIds } from '../text/blocks.ts';
import { PILCROW } from './marks.ts';
import { asAccepted, type MarkedBlock, type Piece } from './pieces.ts';

/** Blocks in places of their own, what to paint in them, and where each begins in the living text. */
export interface Overlaid {
	blocks: Block[];
	marks: Mark[];
	origins: ReadonlyMap<string, number>;
	/** A range of the living text in the places of these blocks. */
	placed(range: { from: number; to: number }): { from: number; to: number };
}

interface Choice {
	chosen: (branchId: string) => boolean;
	/** What a mark is named by; several branches' names are joined by a space. */
	nameOf: (branchId: string) => string;
}

/** Lays marked blocks over the whole text they were read with. */
export function overlaid(
	text: readonly Block[],
	marked: readonly MarkedBlock[],
	choice: Choice
): Overlaid {
	const changes = new Map(marked.map((one) => [one.block.id, one]));
	const out = { blocks: [] as Block[], marks: [] as Mark[], origins: new Map<string, number>() };
	const places: Place[] = [];
	let at = 0;
	for (const block of text) {
		const from = at;
		out.origins.set(block.id, block.from);
		const change = changes.get(block.id);
		const spans = change ? lay(change.pieces, at, choice, out.marks, places) : block.spans;
		if (!change) places.push({ from: block.from, to: block.to, at });
		at += lengthOf(spans);
		out.blocks.push({ ...block, spans, from, to: at });
		places.push({ from: block.to, to: block.to + 1, at });
		at += 1;
	}
	const place = (index: number) => placeOf(places, index);
	return {
		...out,
		placed: ({ from, to }) => ({ from: place(from), to: to > from ? place(to - 1) + 1 : place(to) })
	};
}

/** Where a stretch of the living text stands. */
interface Place {
	from: number;
	to: number;
	at: number;
}

function lay(
	pieces: readonly Piece[],
	start: number,
	{ chosen, nameOf }: Choice,
	marks: Mark[],
	places: Place[]
): Span[] {
	const spans: Span[] = [];
	let at = start;
	for (const piece of pieces) {
		const by = piece.by.filter(chosen);
		if (piece.kind === 'ins' && by.length === 0) continue;
		const span = spanOf(piece, by.length > 0);
		if (!span) continue;
		const isEnd = 'end' in piece.content;
		if (piece.kind !== 'ins' && !isEnd) places.push({ from: piece.from, to: piece.to, at });
		if ('text' in span) addText(spans, span.text, span.marks);
		else spans.push(span);
		const to = at + ('text' in span ? span.text.length : 1);
		if (by.length > 0) {
			const kind = piece.kind === 'ins' ? 'insertion' : 'deletion';
			const foreign = piece.kind === 'ins' || isEnd;
			marks.push({ from: at, to, kind, id: by.map(nameOf).join(' '), foreign });
		}
		at = to;
	}
	return spans;
}

function spanOf({ content, marks }: Piece, touched: boolean): Span | null {
	if ('text' in content) return { text: content.text, marks };
	if ('embed' in content) return { embed: content.embed, marks };
	return touched ? { text: PILCROW, marks: {} } : null;
}

function lengthOf(spans: readonly Span[]): number {
	return spans.reduce((sum, span) => sum + ('text' in span ? span.text.length : 1), 0);
}

function placeOf(places: readonly Place[], index: number): number {
	let [low, high] = [0, places.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (places[middle]!.from <= index) low = middle;
		else high = middle - 1;
	}
	const place = places[low];
	return place ? place.at + Math.min(index, place.to) - place.from : index;
}

/** The whole text as if the chosen branches were accepted. */
export function acceptedText(
	text: readonly Block[],
	marked: readonly MarkedBlock[],
	chosen: (branchId: string) => boolean
): Block[] {
	const changes = new Map(marked.map((one) => [one.block.id, one]));
	const all = text.map((block) => changes.get(block.id) ?? { block, pieces: unchanged(block) });
	let at = 0;
	const blocks = asAccepted(all, chosen).map(({ attrs, spans }: Attributed): Block => {
		const from = at;
		at += lengthOf(spans) + 1;
		return { id: attrs.id, attrs, spans, from, to: at - 1 };
	});
	return withUniqueIds(blocks);
}

interface Attributed {
	attrs: BlockAttrs;
	spans: Span[];
}

function unchanged(block: Block): Piece[] {
	let at = block.from;
	const same = { kind: 'same' as const, by: [] };
	const pieces = block.spans.map((span): Piece => {
		const from = at;
		at += 'text' in span ? span.text.length : 1;
		const content = 'text' in span ? { text: span.text } : { embed: span.embed };
		return { ...same, from, to: at, content, marks: span.marks };
	});
	return [...pieces, { ...same, from: at, to: at + 1, content: { end: block.attrs }, marks: {} }];
}

/** Which of some branches can stand together, in the order in which they are asked: the first one stays. */
export function together(
	order: readonly string[],
	overlapping: (branchId: string) => readonly string[]
): Set<string> {
	const chosen = new Set<string>();
	for (const id of order) {
		if (!overlapping(id).some((other) => chosen.has(other))) chosen.add(id);
	}
	return chosen;
}
