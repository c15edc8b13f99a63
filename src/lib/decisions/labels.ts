import type { ContributionKind, Outcome } from '#lib/contributions/kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DecisionKind } from './kinds.ts';

/** What became of a contribution, in a word or two; `waiting` has no outcome yet. */
export const outcomeLabel: Record<Outcome | 'waiting', () => string> = {
	waiting: m.decisions_outcome_waiting,
	accepted: m.decisions_outcome_accepted,
	partly: m.decisions_outcome_partly,
	declined: m.decisions_outcome_declined,
	noted: m.decisions_outcome_noted,
	merged: m.decisions_outcome_merged
};

/** How an outcome is coloured; the words carry the meaning. */
export const outcomeTone: Record<Outcome | 'waiting', 'plain' | 'moot' | 'ochre' | 'danger'> = {
	waiting: 'ochre',
	accepted: 'moot',
	partly: 'moot',
	declined: 'danger',
	noted: 'plain',
	merged: 'plain'
};

export const kindLabel: Record<ContributionKind, () => string> = {
	annotation: m.decisions_kind_annotation,
	comment: m.decisions_kind_comment,
	question: m.decisions_kind_question,
	suggestion: m.decisions_kind_suggestion,
	evidence: m.decisions_kind_evidence,
	risk: m.decisions_kind_risk,
	opinion: m.decisions_kind_opinion,
	lesson: m.decisions_kind_lesson
};

export const decisionLabel: Record<DecisionKind, () => string> = {
	answer: m.decisions_made_answer,
	accept: m.decisions_made_accept,
	undo: m.decisions_made_undo
};
