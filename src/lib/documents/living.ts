import type { OutlineEntry } from './outline.ts';
import type { BlockType } from './text/blocks.ts';

/** A block, or several that are drawn as one (a list, a table, the footnotes), as a page shows it. */
export interface ReadPiece {
	id: string;
	type: BlockType;
	/** Its section or clause number. */
	number: string | null;
	/** Safe markup from our own renderer, highlights included. */
	html: string;
	/** Where its first character is now … */
	from: number;
	/** … and was when `html` was drawn: every `data-from` in it has moved by the difference. */
	drawn: number;
	/** The ids of its blocks. */
	blocks: string[];
}

/** The living text as a page shows it. */
export interface LivingText {
	epoch: number;
	seq: number;
	changedAt: number;
	minutes: number;
	outline: OutlineEntry[];
	/** Names the highlights in it, so that a page can tell whether they moved. */
	marks: string;
	pieces: ReadPiece[];
}

/** What differs from an earlier reading: every piece's place, and the markup of those that changed. */
export interface TextPatch extends Omit<LivingText, 'pieces'> {
	/** All pieces in order, and where they begin. */
	order: Array<[id: string, from: number]>;
	pieces: ReadPiece[];
	/** Of `pieces`, those whose words changed; the others are sent for their highlights. */
	changed: string[];
}

const MARK = /<\/?mark\b[^>]*>/g;

/** The text after a patch. Pieces that are not in it keep their words; their highlights go if those moved. */
export function patched(before: LivingText, patch: TextPatch): LivingText {
	const { order, pieces, changed: _, ...now } = patch;
	const known = new Map(before.pieces.map((piece) => [piece.id, piece]));
	const sent = new Map(pieces.map((piece) => [piece.id, piece]));
	const repainted = before.marks !== now.marks;
	const next = order.flatMap(([id, from]): ReadPiece[] => {
		const old = known.get(id);
		const piece = sent.get(id) ?? (old && repainted ? unpainted(old) : old);
		return piece ? [{ ...piece, from }] : [];
	});
	return { ...now, pieces: next };
}

function unpainted(piece: ReadPiece): ReadPiece {
	return { ...piece, html: piece.html.replace(MARK, '') };
}

const FROM = / data-from="(\d+)"/g;

/** Where each block of a piece begins now, in the order of its markup. */
export function placesIn({ html, from, drawn }: ReadPiece): number[] {
	return [...html.matchAll(FROM)].map((found) => Number(found[1]) + from - drawn);
}
