/** The living main text with everything branches would do to it, piece by piece, block by block. */
import {
	addText,
	type Block,
	type BlockAttrs,
	type Embed,
	type Marks,
	type Span
} from '../text/blocks.ts';

/** A stretch of a block that every branch treats alike. */
export interface Piece {
	kind: 'same' | 'ins' | 'del';
	/** The branches that insert or delete it. */
	by: string[];
	/** Flat indices of the living main text; equal for what is inserted. */
	from: number;
	to: number;
	/** Words, one embed, or a line-end with what it says of its block. */
	content: { text: string } | { embed: Embed } | { end: BlockAttrs };
	/** As main has them; as its branch has them for what is inserted. */
	marks: Marks;
	/** Branches that keep it and give it other marks, or its block another kind. */
	restyled?: Array<{ by: string; marks: Marks; end?: BlockAttrs }>;
}

/** A block of the living main text. Its pieces end with its line-end. */
export interface MarkedBlock {
	block: Block;
	pieces: Piece[];
}

/**
 * The text as if the chosen branches were accepted, from the pieces alone: what they insert stays, what
 * they delete goes. Exactly what accepting gives when none of them overlap.
 */
export function asAccepted(
	blocks: readonly MarkedBlock[],
	chosen: (branchId: string) => boolean
): Array<{ attrs: BlockAttrs; spans: Span[] }> {
	const out: Array<{ attrs: BlockAttrs; spans: Span[] }> = [];
	let spans: Span[] = [];
	for (const piece of blocks.flatMap(({ pieces }) => pieces)) {
		const touched = piece.by.some(chosen);
		if (piece.kind === 'ins' ? !touched : piece.kind === 'del' && touched) continue;
		const restyled = piece.restyled?.filter(({ by }) => chosen(by)) ?? [];
		const marks = restyled.reduce(
			(all, other) => withChanged(all, piece.marks, other.marks),
			piece.marks
		);
		if ('end' in piece.content) {
			out.push({ attrs: restyled.at(-1)?.end ?? piece.content.end, spans });
			spans = [];
		} else if ('text' in piece.content) addText(spans, piece.content.text, marks);
		else spans.push({ embed: piece.content.embed, marks });
	}
	if (spans.length > 0) out.push({ attrs: { id: 'tail', type: 'paragraph' }, spans });
	return out;
}

/** The marks with what one branch changed of those before. */
function withChanged(all: Marks, before: Marks, after: Marks): Marks {
	const marks: Record<string, unknown> = { ...all };
	for (const name of new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Marks>) {
		if (before[name] === after[name]) continue;
		if (after[name] === undefined) delete marks[name];
		else marks[name] = after[name];
	}
	return marks;
}

/** Whether a branch changes anything in this block. */
export function isMarked({ pieces }: MarkedBlock): boolean {
	return pieces.some(({ kind, restyled }) => kind !== 'same' || restyled !== undefined);
}
