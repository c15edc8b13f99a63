import type { BranchProblem, BranchView } from '#lib/contributions/branch-views.ts';
import type { SuggestionLine } from '#lib/contributions/suggestion-views.ts';
import type { Speaking } from '#lib/contributions/views.ts';

/** What the branch would do to the living text, drawn, and whom it meets there. */
export interface ShownPreview {
	html: string;
	problem: BranchProblem | null;
	stale: boolean;
	others: SuggestionLine[];
	inWords: string;
}

/** A branch as its page, and the reading page in its place, show it to whoever is on it. */
export interface ShownBranch {
	branch: BranchView;
	/** The clause it was begun on, as the text numbers it now. */
	number: string | null;
	/** Null when it cannot be read on the text. */
	preview: ShownPreview | null;
	/** What cannot be published any more is still its author's to read. */
	words: string | null;
	speaking: Speaking[];
	/** For the form that publishes it. */
	key: string;
}
