import { Conflict, Invalid } from '#lib/errors.ts';
import { alignedText, type Block } from '#lib/documents/text/blocks.ts';

/** The longest run of words one annotation may sit on. */
export const QUOTE_MAX = 4_000;

/** Words as the reader saw them: where they were, and what stood around them. */
export interface Selected {
	from: number;
	to: number;
	quote: string;
	prefix: string;
	suffix: string;
}

export interface Spot {
	from: number;
	to: number;
}

/**
 * Finds the words a reader selected in the text as it is now (C8): where they were, else the place
 * whose surroundings fit best, the nearest where several fit alike.
 * @throws Conflict `annotation_words_gone` when they are nowhere; Invalid when they are no words.
 */
export function locateSelected(blocks: Block[], seen: Selected): Spot {
	const quote = seen.quote.trim();
	if (quote === '') throw new Invalid('annotation_no_words');
	if (quote.length > QUOTE_MAX) throw new Invalid('annotation_too_much', { limit: QUOTE_MAX });
	const text = flatText(blocks);
	const from = seen.from + seen.quote.indexOf(quote);
	if (text.startsWith(quote, from)) return { from, to: from + quote.length };
	const found = bestOccurrence(text, quote, { ...seen, from });
	if (found === null) throw new Conflict('annotation_words_gone');
	return { from: found, to: found + quote.length };
}

/**
 * The words of a whole block, for a remark about the block itself.
 * @throws Conflict `annotation_block_gone`; Invalid `annotation_no_words` for an empty block.
 */
export function locateBlock(blocks: Block[], blockId: string): Spot {
	const block = blocks.find((one) => one.id === blockId);
	if (!block) throw new Conflict('annotation_block_gone');
	const text = alignedText(block);
	if (text.trim() === '') throw new Invalid('annotation_no_words');
	const from = block.from + (text.length - text.trimStart().length);
	const to = Math.min(block.from + text.trimEnd().length, from + QUOTE_MAX);
	return { from, to };
}

/**
 * Words of one block that somebody typed or copied: the first place in it where they stand, whatever
 * embeds (footnote marks) stand between them. Conflict and Invalid as above, `quote_not_in_block`.
 */
export function locateInBlock(blocks: Block[], blockId: string, quote: string): Spot {
	const block = blocks.find((one) => one.id === blockId);
	if (!block) throw new Conflict('annotation_block_gone');
	const words = [...alignedText(block).matchAll(/[^\uFFFC]/g)];
	const wanted = quote.trim();
	const at = words
		.map(([char]) => char)
		.join('')
		.indexOf(wanted);
	const [first, last] = [words[at], words[at + wanted.length - 1]];
	if (!first || !last) throw new Invalid('quote_not_in_block', { field: 'quote' });
	return { from: block.from + first.index, to: block.from + last.index + 1 };
}

/** The whole text as one string whose offsets are flat indices. */
export function flatText(blocks: Block[]): string {
	return blocks.map((block) => `${alignedText(block)}\n`).join('');
}

/** The block that holds this flat index: the last one that begins at or before it. */
export function blockAt(blocks: Block[], index: number): Block | null {
	let [low, high] = [0, blocks.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (blocks[middle]!.from <= index) low = middle;
		else high = middle - 1;
	}
	return blocks[low] ?? null;
}

function bestOccurrence(text: string, quote: string, seen: Selected): number | null {
	let best: { at: number; fit: number; far: number } | null = null;
	for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
		const fit =
			commonEnd(text.slice(0, at), seen.prefix) +
			commonStart(text.slice(at + quote.length), seen.suffix);
		const far = Math.abs(at - seen.from);
		if (!best || fit > best.fit || (fit === best.fit && far < best.far)) best = { at, fit, far };
	}
	return best?.at ?? null;
}

function commonStart(text: string, wanted: string): number {
	let length = 0;
	while (length < wanted.length && text[length] === wanted[length]) length++;
	return length;
}

function commonEnd(text: string, wanted: string): number {
	let length = 0;
	while (length < wanted.length && text.at(-1 - length) === wanted.at(-1 - length)) length++;
	return length;
}
