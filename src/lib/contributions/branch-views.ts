import type { MarkedBlock } from '#lib/documents/branches/pieces.ts';
import type { Part } from '#lib/documents/branches/summary.ts';
import type { OverlapKind } from '#lib/documents/branches/overlap.ts';

/** What became of a branch. `outdated`: its text was rebuilt since, so it can be read, never accepted. */
export type BranchState = 'private' | 'published' | 'discarded' | 'outdated';

/** Why a branch cannot be written on or published just now; each has a sentence (`refusals.ts`). */
export type BranchProblem =
	'document_closed' | 'branch_outdated' | 'branch_empty' | 'branch_too_large' | 'clause_gone';

/** Somebody on a branch, or asked to join it. */
export interface BranchMember {
	id: string;
	name: string;
	joined: boolean;
}

/** A branch as somebody on it sees it. Its id is opened live like a document's. */
export interface BranchView {
	id: string;
	documentId: string;
	state: BranchState;
	/** The block it was begun on, if it was begun on one. */
	blockId: string | null;
	/** Who began it. */
	author: { id: string; name: string };
	members: BranchMember[];
	createdAt: number;
	/** When its words last changed. */
	changedAt: number;
	/** The suggestion it was published as. */
	contributionId: string | null;
	/** Of which branch it is the rest, after a part of that one was accepted. */
	restOf: string | null;
	/** Why nobody may write on it now. */
	problem: 'document_closed' | 'branch_outdated' | null;
	may: {
		write: boolean;
		invite: boolean;
		publish: boolean;
		discard: boolean;
		/** This person was asked to join and has not answered. */
		join: boolean;
		leave: boolean;
	};
}

/** A branch in a list of one's own. */
export interface BranchLine {
	id: string;
	documentId: string;
	document: { slug: string; title: string };
	state: BranchState;
	blockId: string | null;
	author: { id: string; name: string };
	changedAt: number;
	contributionId: string | null;
	/** One was asked to join and has not answered. */
	asked: boolean;
	/** The change in a few words, once it is published. */
	text: string | null;
	/** Nothing has been typed on it. */
	untouched: boolean;
}

/** One's own suggestion before it is published, as the page of the text names it. */
export interface Unpublished {
	id: string;
	/** The clause it was begun on. */
	blockId: string | null;
	/** As the text numbers it now. */
	number: string | null;
	changedAt: number;
}

/** A suggestion that is written in the place of the text. Kept in the history, so that going back ends it. */
export interface InPlace {
	branchId: string;
	blockId: string | null;
	number: string | null;
	/** The words to begin with, in flat indices. */
	words: { from: number; to: number } | null;
	/** Where the clause stood on the screen, px from its upper edge: there it is to stay. */
	top: number | null;
	/** Begun just now: given up again when nothing is written. */
	fresh: boolean;
}

/** What a branch would do to the living text, before it is published. */
export interface BranchPreview {
	/** The row of the main text this is true for. */
	epoch: number;
	seq: number;
	/** The blocks of the main text that it changes, with the words it puts in and takes away. */
	blocks: MarkedBlock[];
	/** The first change with a few words around it, the same in one line, and how many more there are. */
	parts: Part[];
	text: string;
	more: number;
	/** Characters put in, characters taken away. */
	inserted: number;
	deleted: number;
	/** Published suggestions that change the same words. Both may stand; a person will have to choose. */
	overlaps: Array<{ branchId: string; contributionId: string; kinds: OverlapKind[] }>;
	/** It builds on words that the main text has lost since it was begun. */
	stale: boolean;
	/** Why it could not be published as it is. */
	problem: BranchProblem | null;
}
