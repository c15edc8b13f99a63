import type { CapacityStamp, ContributionKind, Outcome, Status } from '#lib/contributions/kinds.ts';
import type { Part } from '#lib/documents/branches/summary.ts';
import type { DecisionKind } from './kinds.ts';

/** Where a mark is proved, and since when it holds. */
export interface Proof {
	at: number;
	href: string;
}

/** The four marks of a contribution (A11); null: not yet. */
export interface FourMarks {
	heard: Proof | null;
	answered: (Proof & { outcome: Outcome; number: number | null; reason: string | null }) | null;
	used: Proof | null;
	resulted: Proof | null;
}

/** A decision as lists and links name it. */
export interface DecisionLine {
	id: string;
	number: number;
	kind: DecisionKind;
	reason: string;
	at: number;
	by: string;
}

/** A contribution in the ledger or on the desk. */
export interface Entry {
	id: string;
	kind: ContributionKind;
	status: Status;
	author: string;
	capacity: CapacityStamp;
	/** Its words: of a suggestion the reason its author gave. Null when they were taken back or hidden. */
	body: string | null;
	/** The words it is about, as they were. */
	quote: string | null;
	/** What a suggestion changes, in a few words. */
	change: { parts: Part[]; more: number } | null;
	/** The block it is on, and its number in the text of now. */
	blockId: string | null;
	number: string | null;
	replies: number;
	createdAt: number;
	/** Its page. */
	href: string;
	outcome: Outcome | null;
	answeredAt: number | null;
	decision: { number: number; reason: string } | null;
	/** The contribution that speaks for it. */
	mergedInto: string | null;
}

/** What a document still has to answer before it may close (A9). */
export interface Waiting {
	/** Published contributions without an answer. */
	count: number;
	/** Contributions that a moderator has to publish or hide first. */
	held: number;
	/** Published contributions in all, answered or not. */
	total: number;
	/** The oldest of those that wait. */
	firstIds: string[];
}
