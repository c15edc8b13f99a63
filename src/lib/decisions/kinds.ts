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
