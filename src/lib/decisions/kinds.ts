import type { Outcome } from '#lib/contributions/kinds.ts';

/** What a decision does: answers contributions, takes suggestions into the text, or takes that back. */
export const DECISION_KINDS = ['answer', 'accept', 'undo'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Something a decision points at. */
export type Cite =
	/** Rows of the document's log that the decision wrote: the diff it brought about. */
	| { type: 'rows'; from: number; to: number }
	| { type: 'contribution'; id: string }
	| { type: 'version'; id: string }
	| { type: 'decision'; id: string };

/** What a decision says of one contribution. */
export interface Verdict {
	contributionId: string;
	outcome: Outcome;
}

/** Outcomes that a team gives with an answer. `merged` comes from merging, not from here. */
export const ANSWERS = ['accepted', 'partly', 'declined', 'noted'] as const;
export type Answer = (typeof ANSWERS)[number];

export const REASON_MAX = 4_000;
/** How many contributions one decision answers at most. */
export const MOST_AT_ONCE = 1_000;
