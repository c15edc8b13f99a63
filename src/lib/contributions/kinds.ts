import type { CapacityKind } from '#lib/people/actor.ts';

/** What somebody may contribute; the model is the same for all. */
export const CONTRIBUTION_KINDS = [
	'annotation',
	'comment',
	'question',
	'suggestion',
	'evidence',
	'risk',
	'opinion',
	'lesson'
] as const;
export type ContributionKind = (typeof CONTRIBUTION_KINDS)[number];

/** What people say on a text, at the head of a thread: `annotation` is a comment on it. Suggestions have pages of their own. */
export const SAID_KINDS = [
	'annotation',
	'question',
	'evidence',
	'risk',
	'opinion',
	'lesson'
] as const satisfies ContributionKind[];
export type SaidKind = (typeof SAID_KINDS)[number];

/** What a contribution is about. A reply is about what its thread is about. */
export const TARGET_TYPES = ['document', 'version', 'initiative', 'challenge'] as const;
export type TargetType = (typeof TARGET_TYPES)[number];

/**
 * Whether others see it. `held` waits for a moderator; `hidden` was taken down by one, with a reason;
 * `withdrawn` by its author. What it achieved (accepted, declined, …) is a Decision, not a status.
 */
export const STATUSES = ['held', 'published', 'hidden', 'withdrawn'] as const;
export type Status = (typeof STATUSES)[number];

/** In which capacity it was said, as it stood then; it does not follow the person's later life. */
export interface CapacityStamp {
	kind: CapacityKind;
	orgId: string | null;
	orgName: string | null;
}

/** What the answer to a contribution may be. It waits until one of these is decided, with a reason. */
export const OUTCOMES = ['accepted', 'partly', 'declined', 'noted', 'merged'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What kinds ask for besides words. A comment, question, opinion, lesson or suggestion asks for nothing. */
export type Detail =
	| { kind: 'evidence'; source: string; url: string | null; datasetId: string | null }
	| { kind: 'risk'; category: RiskCategory; likelihood: Degree; impact: Degree };

export const RISK_CATEGORIES = [
	'safety',
	'security',
	'privacy',
	'fairness',
	'cost',
	'delivery',
	'legal',
	'environment',
	'other'
] as const;
export type RiskCategory = (typeof RISK_CATEGORIES)[number];
/** 1 low, 2 middle, 3 high. */
export type Degree = 1 | 2 | 3;

/** How well an anchor sits on the text: on its words, on words that changed, or nowhere any more. */
export type AnchorStatus = 'exact' | 'changed' | 'orphaned';

/** The contribution terms in force; each contribution keeps the one its author accepted. */
export const TERMS_VERSION = '2026-11';

export const BODY_MAX = 5_000;
/** Longest name of a source of evidence. */
export const SOURCE_MAX = 300;
