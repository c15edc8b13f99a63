import type { Part } from './summary.ts';

/** What lists show of a published branch without weaving it: as it was when it was published. */
export interface BranchSummary {
	/** The blocks of main it changes, in order. */
	blockIds: string[];
	/** The first change with a few words around it. */
	parts: Part[];
	/** The same in one line: `ten → twenty`. */
	text: string;
	/** How many more places it changes. */
	more: number;
}
