import type { BlockType } from './text/blocks.ts';

/** One of the two texts of a comparison: a version's number, or the living text. */
export type Side = number | 'now';

/** A block of the comparison, or a run of unchanged ones that is only counted. */
export type CompareRow =
	| { kind: 'gap'; count: number }
	| {
			kind: 'same' | 'changed' | 'restyled' | 'added' | 'removed' | 'moved';
			id: string;
			type: BlockType;
			/** Its number before and after; null where it has or had none. */
			was: string | null;
			is: string | null;
			/** Its words with `<ins>` and `<del>`, every character escaped. */
			html: string;
	  };

export interface Comparison {
	counts: { changed: number; added: number; removed: number; moved: number };
	rows: CompareRow[];
}
