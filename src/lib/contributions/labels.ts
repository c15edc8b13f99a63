import { m } from '#lib/paraglide/messages.js';
import { capacityLabel } from '#lib/people/labels.ts';
import {
	SAID_KINDS,
	type CapacityStamp,
	type ContributionKind,
	type Degree,
	type Outcome,
	type RiskCategory,
	type SaidKind
} from './kinds.ts';
import type { Place } from './views.ts';

/** In which capacity somebody spoke, as a short label: what they are, and where. */
export function capacityWords({ kind, orgName }: CapacityStamp): string {
	const capacity = capacityLabel[kind]();
	return orgName ? m.people_capacity_at({ capacity, org: orgName }) : capacity;
}

/** The words for what somebody says. A reply is a comment. */
export const kindLabel: Record<ContributionKind, () => string> = {
	annotation: m.contributions_kind_annotation,
	comment: m.contributions_kind_annotation,
	question: m.contributions_kind_question,
	suggestion: m.contributions_kind_suggestion,
	evidence: m.contributions_kind_evidence,
	risk: m.contributions_kind_risk,
	opinion: m.contributions_kind_opinion,
	lesson: m.contributions_kind_lesson
};

/** What each kind is for, to somebody who chooses. */
export const kindHint: Record<SaidKind, () => string> = {
	annotation: m.contributions_kind_hint_annotation,
	question: m.contributions_kind_hint_question,
	evidence: m.contributions_kind_hint_evidence,
	risk: m.contributions_kind_hint_risk,
	opinion: m.contributions_kind_hint_opinion,
	lesson: m.contributions_kind_hint_lesson
};

/** "Question by Amina". */
export function saidBy({ kind, name }: { kind: ContributionKind; name: string }): string {
	return m.contributions_kind_by({ kind: kindLabel[kind](), name });
}

export const riskLabel: Record<RiskCategory, () => string> = {
	safety: m.contributions_risk_safety,
	security: m.contributions_risk_security,
	privacy: m.contributions_risk_privacy,
	fairness: m.contributions_risk_fairness,
	cost: m.contributions_risk_cost,
	delivery: m.contributions_risk_delivery,
	legal: m.contributions_risk_legal,
	environment: m.contributions_risk_environment,
	other: m.contributions_risk_other
};

export const degreeLabel: Record<Degree, () => string> = {
	1: m.contributions_degree_1,
	2: m.contributions_degree_2,
	3: m.contributions_degree_3
};

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

/** The kinds this person may choose: a formal opinion is offered to employee representatives. */
export function kindsFor(speaking: ReadonlyArray<Pick<CapacityStamp, 'kind'>>): SaidKind[] {
	const mayGiveOpinion = speaking.some((one) => one.kind === 'representative');
	return SAID_KINDS.filter((kind) => kind !== 'opinion' || mayGiveOpinion);
}

/** "clause 4.2", or "this passage" where nothing is numbered. */
export function clauseWords(place: Pick<Place, 'number'> | null): string {
	return place?.number
		? m.contributions_clause_number({ number: place.number })
		: m.contributions_clause_this();
}
