/**
 * Two texts side by side, clause by clause: which block is new, gone, moved or changed, and inside a
 * changed one which words. Time is bounded for texts of any size.
 */
import { alignedText, type Block, type BlockAttrs } from '#lib/documents/text/blocks.ts';
import { alignBlocks } from './align.ts';
import { risingPairs } from './sequence.ts';
import { compareWords, type Part, wholePart } from './words.ts';

export type { Part } from './words.ts';

/**
 * One block of the comparison. `before` is null for an added one, `after` for a removed one.
 * `changed` has other words (and may have moved as well), `moved` only stands elsewhere.
 */
export interface Change {
	kind: 'same' | 'changed' | 'added' | 'removed' | 'moved';
	before: Block | null;
	after: Block | null;
	/** Leaving out insertions gives the words of `before`, leaving out deletions those of `after`. */
	parts: Part[];
	moved: boolean;
	/** It became another kind of block (a heading, another level) or its words other marks. */
	restyled: boolean;
}

/** The changes from one text to another, in the order of the new one; what was removed stands where it was. */
export function compareBlocks(before: Block[], after: Block[]): Change[] {
	const pairs = alignBlocks(before, after);
	const rising = risingPairs(pairs);
	const steady = new Set(rising.map(([at]) => at));
	const partner = new Map(pairs.map(([a, b]) => [b, a]));
	const paired = new Set(pairs.map(([a]) => a));
	const changes: Change[] = [];
	let [atA, atB] = [0, 0];
	for (const [toA, toB] of [...rising, [before.length, after.length] as const]) {
		for (; atA < toA; atA++) if (!paired.has(atA)) changes.push(removed(before[atA]!));
		for (; atB < toB; atB++) {
			const from = partner.get(atB);
			if (from === undefined) changes.push(added(after[atB]!));
			else changes.push(both(before[from]!, after[atB]!, !steady.has(from)));
		}
		if (toA < before.length && toB < after.length) {
			changes.push(both(before[toA]!, after[toB]!, false));
		}
		[atA, atB] = [toA + 1, toB + 1];
	}
	return changes;
}

function removed(before: Block): Change {
	const parts = wholePart('del', before);
	return { kind: 'removed', before, after: null, parts, moved: false, restyled: false };
}

function added(after: Block): Change {
	const parts = wholePart('ins', after);
	return { kind: 'added', before: null, after, parts, moved: false, restyled: false };
}

function both(before: Block, after: Block, moved: boolean): Change {
	const parts = sameText(before, after) ? wholePart('equal', after) : compareWords(before, after);
	const words = parts.some(({ op }) => op !== 'equal');
	const kind = words ? 'changed' : moved ? 'moved' : 'same';
	return { kind, before, after, parts, moved, restyled: restyled(before, after) };
}

function sameText(a: Block, b: Block): boolean {
	const embeds = (block: Block) => block.spans.some((span) => 'embed' in span);
	return alignedText(a) === alignedText(b) && !embeds(a) && !embeds(b);
}

function restyled(a: Block, b: Block): boolean {
	return styleOf(a.attrs) !== styleOf(b.attrs) || marksOf(a) !== marksOf(b);
}

function styleOf(attrs: BlockAttrs): string {
	const level = 'level' in attrs ? attrs.level : '';
	return `${attrs.type} ${level} ${attrs.type === 'item' ? attrs.list : ''}`;
}

/** The marked words of a block; what is merely added or removed elsewhere in it is not restyling. */
function marksOf({ spans }: Block): string {
	const marked = spans.filter(({ marks }) => Object.keys(marks).length > 0);
	return JSON.stringify(marked);
}
