/** A branch in a few words, as lists and the desk show it: what changes, and the words around it. */
import type { Range } from './changes.ts';
import { PILCROW } from './marks.ts';
import type { MarkedBlock, Piece } from './pieces.ts';

/** A stretch of words to draw plainly, with `<ins>` or with `<del>`. */
export interface Part {
	kind: 'same' | 'ins' | 'del';
	text: string;
}

export interface Summary {
	/** The first place it changes, with a few words before and after. */
	parts: Part[];
	/** The same without the words around: `ten → twenty`, `+ twenty`, `− ten`. */
	text: string;
	/** How many more places it changes. */
	more: number;
	/** How many blocks lose all their words. */
	removedBlocks: number;
	/** It changes marks, or kinds of block. */
	restyles: boolean;
}

/** Longest stretch of one kind in a summary, in characters. */
const LONGEST = 80;

/** Sums up what one branch changes in these blocks: all of main's, or only the touched ones. */
export function summarise(blocks: readonly MarkedBlock[], branchId: string, around = 2): Summary {
	const places = blocks.flatMap((block) => placesOf(block, branchId));
	const first = places[0];
	const parts = first ? excerpt(blocks, first, branchId, around) : [];
	return {
		parts,
		text: inWords(parts),
		more: Math.max(0, places.length - 1),
		removedBlocks: blocks.filter((block) => losesAll(block, branchId)).length,
		restyles: blocks.some(({ pieces }) =>
			pieces.some(({ restyled }) => restyled?.some(({ by }) => by === branchId))
		)
	};
}

/**
 * The words of a range of main with `around` words on either side: as they are now (`null`), or with
 * what a branch changes there. An overlap is shown three ways by three calls with one range.
 */
export function excerpt(
	blocks: readonly MarkedBlock[],
	range: Range,
	branchId: string | null,
	around = 3
): Part[] {
	const near = blocks.filter(({ block }) => block.from <= range.to && block.to >= range.from);
	const parts: Part[] = [];
	let [before, after] = ['', ''];
	for (const piece of near.flatMap(({ pieces }) => pieces)) {
		const kind = kindFor(piece, branchId);
		if (!kind) continue;
		if (kind === 'ins') {
			if (range.from <= piece.from && piece.from <= range.to) add(parts, kind, textOf(piece, kind));
			continue;
		}
		const text = textOf(piece, 'same');
		const low = Math.max(piece.from, Math.min(range.from, piece.to)) - piece.from;
		const high = Math.max(low, Math.min(range.to, piece.to) - piece.from);
		before += text.slice(0, piece.from < range.from ? low : 0);
		if (high > low)
			add(parts, kind, kind === 'del' ? shown(text.slice(low, high)) : text.slice(low, high));
		if (piece.to > range.to) after += text.slice(Math.max(low, high));
	}
	return [
		...plain(lastWords(before.slice(before.lastIndexOf('\n') + 1), around)),
		...parts.map(({ kind, text }) => ({ kind, text: shortened(text) })),
		...plain(firstWords(after.split('\n')[0]!, around))
	];
}

/** What a piece is in the eyes of one branch; null when it is not there for it. */
function kindFor(piece: Piece, branchId: string | null): Part['kind'] | null {
	const own = branchId !== null && piece.by.includes(branchId);
	if (piece.kind === 'ins') return own ? 'ins' : null;
	return own ? 'del' : 'same';
}

/** Ranges in which a branch leaves nothing of main alone. */
function placesOf({ pieces }: MarkedBlock, branchId: string): Range[] {
	const places: Range[] = [];
	let open: Range | null = null;
	for (const piece of pieces) {
		const kind = kindFor(piece, branchId);
		if (!kind) continue;
		const restyled = piece.restyled?.some(({ by }) => by === branchId) ?? false;
		if (kind === 'same' && !restyled) open = null;
		else if (open) open.to = piece.to;
		else places.push((open = { from: piece.from, to: piece.to }));
	}
	return places;
}

function losesAll({ pieces }: MarkedBlock, branchId: string): boolean {
	const words = pieces.filter(({ kind, content }) => kind !== 'ins' && !('end' in content));
	const writes = pieces.some((piece) => kindFor(piece, branchId) === 'ins');
	return words.length > 0 && !writes && words.every(({ by }) => by.includes(branchId));
}

/** As many characters as the piece has positions, so that indices hold. */
function textOf({ content }: Piece, kind: Part['kind']): string {
	if ('text' in content) return content.text;
	if ('embed' in content) return ' ';
	return kind === 'ins' ? PILCROW : '\n';
}

function shown(text: string): string {
	return text.replaceAll('\n', PILCROW);
}

function add(parts: Part[], kind: Part['kind'], text: string): void {
	const last = parts.at(-1);
	if (last?.kind === kind) last.text += text;
	else parts.push({ kind, text });
}

function plain(text: string): Part[] {
	return text === '' ? [] : [{ kind: 'same', text }];
}

function lastWords(text: string, count: number): string {
	return new RegExp(`(?:\\S+\\s*){0,${count}}$`).exec(text.slice(-LONGEST))?.[0] ?? '';
}

function firstWords(text: string, count: number): string {
	return new RegExp(`^(?:\\s*\\S+){0,${count}}`).exec(text.slice(0, LONGEST))?.[0] ?? '';
}

/** The beginning of a long stretch, up to a word's end. */
function shortened(text: string): string {
	if (text.length <= LONGEST) return text;
	return `${text.slice(0, LONGEST).replace(/\s+\S*$/, '')}…`;
}

function inWords(parts: Part[]): string {
	const of = (kind: Part['kind']) =>
		parts
			.filter((part) => part.kind === kind)
			.map(({ text }) => text.trim())
			.join(' ');
	const [gone, put] = [of('del'), of('ins')];
	if (gone && put) return `${gone} → ${put}`;
	if (gone) return `− ${gone}`;
	return put ? `+ ${put}` : '';
}
