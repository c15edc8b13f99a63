import type { ContributionKind } from '#lib/contributions/kinds.ts';
import { m } from '#lib/paraglide/messages.js';
import type { DecisionKind } from './kinds.ts';

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
