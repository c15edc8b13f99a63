import type { Mark } from '../render/paint.ts';
import { alignedText, type Block } from '../text/blocks.ts';
import type { Run } from './runs.ts';

/** A character of a text: named by its block, so that it is found again when what stands before it grew. */
export interface WordPlace {
	block: string;
	at: number;
}

/** The flat index of a character; null when its block or its place in it is not there. */
export function indexOf(blocks: readonly Block[], { block, at }: WordPlace): number | null {
	const found = blocks.find(({ id }) => id === block);
	return found && at >= 0 && at < found.to - found.from ? found.from + at : null;
}

export interface Marking {
	/** Where a run is told of, by its first character in a block. */
	hrefOf: (place: WordPlace) => string;
	/** The number of the decision that took a run in, as it is shown and said behind its words. */
	signOf: (run: Run) => Mark['sign'];
	chosen: Run | undefined;
}

/** Signs after the last word of a block. */
const ENDING = /[^\p{L}\p{N}]+$/u;
const WORD = /[\p{L}\p{N}]/u;

/**
 * Every run as marks to be drawn, one in each block that it stands in. Words are links; signs between
 * them that came another way are not, nor are those at the end: nobody could hit them.
 */
export function sourceMarks(
	blocks: readonly Block[],
	runs: readonly Run[],
	{ hrefOf, signOf, chosen }: Marking
): Mark[] {
	const marks: Mark[] = [];
	let first = 0;
	for (const block of blocks) {
		const text = alignedText(block);
		const end = block.to - (ENDING.exec(text)?.[0].length ?? 0);
		while (runs[first] && runs[first]!.to <= block.from) first++;
		for (let at = first; runs[at] && runs[at]!.from < block.to; at++) {
			const run = runs[at]!;
			const [from, to] = [Math.max(run.from, block.from), Math.min(run.to, end)];
			if (from >= to || !WORD.test(text.slice(from - block.from, to - block.from))) continue;
			marks.push({
				...{ from, to, kind: 'source', id: run.way, sign: signOf(run) },
				href: hrefOf({ block: block.id, at: from - block.from }),
				chosen: run === chosen
			});
		}
	}
	return marks;
}
