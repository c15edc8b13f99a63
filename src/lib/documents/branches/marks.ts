/**
 * Branches shown on the living main text: which words they would put in and take away, for readers,
 * for lists, and for the renderer.
 */
import type { Mark } from '../render/paint.ts';
import { addText, type Block, type BlockAttrs, type Span } from '../text/blocks.ts';
import type { Change, Hunk } from './changes.ts';
import { isMarked, type MarkedBlock, type Piece } from './pieces.ts';
import type { Suggested } from './strands.ts';
import { weave, type Weave } from './weave.ts';

/** What one branch changes, in the order of the text, in flat indices of the living main text. */
export function changesOf(woven: Weave, branchId: string): Change[] {
	return (woven.hunks.get(branchId) ?? []).flatMap(({ changes }) => changes);
}

/** The hunks of a branch that a person can see, and so accept one by one. */
export function visibleHunks(woven: Weave, branchId: string): Hunk[] {
	return (woven.hunks.get(branchId) ?? []).filter(({ changes }) => changes.length > 0);
}

/** The ids of the blocks of main in which a branch changes something, in order. */
export function touchedBlocks(mainState: Uint8Array, branch: Suggested): string[] {
	return touchedIn(weave(mainState, [branch]), branch.id);
}

/** The same, from branches read together. */
export function touchedIn({ blocks }: Weave, branchId: string): string[] {
	const of = ({ by, restyled }: Piece) =>
		by.includes(branchId) || restyled?.some((change) => change.by === branchId);
	return blocks.filter(({ pieces }) => pieces.some(of)).map(({ block }) => block.id);
}

/** How many branches change something in each block of main that any of them changes. */
export function branchesByBlock({ blocks }: Weave): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const { block, pieces } of blocks) {
		const ids = pieces.flatMap(({ by, restyled = [] }) => [
			...by,
			...restyled.map((one) => one.by)
		]);
		if (ids.length > 0) found.set(block.id, [...new Set(ids)]);
	}
	return found;
}

/** Blocks to draw with words put in and words taken away side by side, and what to paint there. */
export interface Painted {
	blocks: Block[];
	marks: Mark[];
	/** Which branches each mark stands for, in the order of `marks`. */
	by: string[][];
}

/** Stands for a line-end that a branch puts in or takes away. */
export const PILCROW = '¶';

/**
 * The text with all changes of the chosen branches in place, for `renderBlocks(blocks, { marks })`. The
 * blocks are main's; indices in them and in the marks are the painted text's own. A line-end put in or
 * taken away shows as a painted ¶, a block whose kind changes keeps main's.
 */
export function painted(
	marked: readonly MarkedBlock[],
	chosen: (branchId: string) => boolean = () => true
): Painted {
	const out: Painted = { blocks: [], marks: [], by: [] };
	let at = 0;
	for (const { block, pieces } of marked) {
		const from = at;
		const spans: Span[] = [];
		for (const piece of pieces) {
			const by = piece.by.filter(chosen);
			if (piece.kind === 'ins' && by.length === 0) continue;
			const span = spanOf(piece, by.length > 0);
			if (!span) continue;
			if ('text' in span) addText(spans, span.text, span.marks);
			else spans.push(span);
			const to = at + ('text' in span ? span.text.length : 1);
			if (by.length > 0) {
				out.marks.push({ from: at, to, kind: piece.kind === 'ins' ? 'insertion' : 'deletion' });
				out.by.push(by);
			}
			at = to;
		}
		out.blocks.push({ id: block.id, attrs: block.attrs, spans, from, to: at });
		at += 1;
	}
	return out;
}

function spanOf({ content, marks }: Piece, touched: boolean): Span | null {
	if ('text' in content) return { text: content.text, marks };
	if ('embed' in content) return { embed: content.embed, marks };
	return touched ? { text: PILCROW, marks: {} } : null;
}

/** The blocks in which any branch changes something. */
export function markedBlocks({ blocks }: Weave): MarkedBlock[] {
	return blocks.filter(isMarked);
}

/** What kind of block each retyped block of a branch becomes, by the index of its line-end. */
export function retypes(changes: readonly Change[]): Map<number, BlockAttrs> {
	const all = changes.filter((change) => change.kind === 'retype');
	return new Map(all.map(({ at, after }) => [at, after]));
}
