import type { Part } from '#lib/documents/branches/summary.ts';
import type { OverlapKind } from '#lib/documents/branches/overlap.ts';
import type { CapacityKind } from '#lib/people/actor.ts';
import type { ContributionKind } from '#lib/contributions/kinds.ts';
import type { ChangedBlock, Clause, Entry } from './views.ts';

/** How much support a suggestion has: for, for on a condition, against. Counted in another area. */
export interface DeskSupport {
	for: number;
	if: number;
	against: number;
}

/** A contribution that waits, as the desk lists it. */
export interface DeskLine extends Entry {
	support: DeskSupport;
	picked: boolean;
	/** It overlaps with a picked one, with another one, or with none. */
	overlap: 'picked' | 'some' | null;
	/** It builds on words that are gone. */
	stale: boolean;
	/** It cannot be taken in any more: the text was rebuilt, or it no longer changes anything. */
	gone: boolean;
	/** How many blocks it takes away whole. */
	removes: number;
}

/** One side of an overlap: the words as they are (`id` null), or as a suggestion would have them. */
export interface OverlapSide {
	id: string | null;
	author: string | null;
	picked: boolean;
	parts: Part[];
}

/** Two suggestions that change the same words, shown three ways. */
export interface OverlapView {
	number: string | null;
	kinds: OverlapKind[];
	/** Both are picked: accepting waits for a choice. */
	blocks: boolean;
	sides: OverlapSide[];
}

/** A change of a suggestion that can be taken alone. */
export interface HunkView {
	key: string;
	parts: Part[];
}

/** A block as it would read, to be edited before accepting. */
export interface EditBlock {
	id: string;
	number: string | null;
	words: string;
}

/** The result of what is about to be done with what is picked. */
export interface DeskPreview {
	suggestions: number;
	/** The blocks that change, with what comes and goes; and how many more there are. */
	changes: ChangedBlock[];
	more: number;
	overlaps: OverlapView[];
	moreOverlaps: number;
	/** Pairs of picked ones that overlap: accepting waits for a choice. */
	conflicts: number;
	/** Picked ones that build on words that are gone. */
	stale: Array<{ id: string; author: string }>;
	/** Picked ones that cannot be taken in. */
	gone: Array<{ id: string; author: string }>;
	/** Of a single suggestion with several changes: each of them. */
	hunks: HunkView[];
	/** When asked for: the blocks as they would read. */
	edits: EditBlock[];
}

export interface Desk {
	lines: DeskLine[];
	total: number;
	page: number;
	pages: number;
	/** Those that wait, by what they are. */
	tabs: { suggestions: number; remarks: number };
	clauses: Clause[];
	capacities: CapacityKind[];
	kinds: ContributionKind[];
	/** Ids of all that is picked and still waits, on this page or not. */
	picked: string[];
	/** The picked ones that are no suggestions, in full, the first few. */
	remarks: Entry[];
	preview: DeskPreview;
}
