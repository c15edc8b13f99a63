import type { CapacityStamp, ContributionKind, Outcome, Status } from '#lib/contributions/kinds.ts';
import type { FourMarks } from '#lib/contributions/views.ts';
import type { Part } from '#lib/documents/branches/summary.ts';
import type { CapacityKind } from '#lib/people/actor.ts';
import type { DecisionKind } from './kinds.ts';

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

/** A block of the text as filters name it. The id `gone` stands for all that is no longer there. */
export interface Clause {
	id: string;
	number: string | null;
	/** Its first words. */
	words: string;
}

/** A page of the ledger, with what its filters offer. */
export interface Ledger {
	entries: Entry[];
	total: number;
	page: number;
	pages: number;
	/** How many each outcome would show, within the other filters. */
	counts: Record<Outcome | 'waiting' | 'all', number>;
	kinds: ContributionKind[];
	capacities: CapacityKind[];
	clauses: Clause[];
}

/** A block with what comes and goes in it, drawn. */
export interface ChangedBlock {
	id: string;
	number: string | null;
	type: string;
	/** Made by our own renderer, every character escaped. */
	html: string;
	/** Its formatting, or what kind of block it is, changes too. */
	restyled: boolean;
}

/** A decision with all that belongs to it, for its page. */
export interface DecisionView extends DecisionLine {
	/** What it says of whom, as far as this page shows them. */
	verdicts: Array<{ entry: Entry; outcome: Outcome; inForce: boolean }>;
	/** How many contributions it is about. */
	total: number;
	page: number;
	pages: number;
	/** What it changed in the text; `rebuilt` when the log no longer holds those words. */
	changes: ChangedBlock[] | 'rebuilt' | null;
	cites: Array<{
		type: 'version' | 'decision' | 'contribution';
		href: string;
		number: number | null;
	}>;
	/** The decision it takes back, and those that took it back. */
	undoes: number | null;
	undoneBy: number[];
	previous: number | null;
	next: number | null;
	reasonHash: string;
	prevHash: string;
	hash: string;
	may: { undo: boolean };
}

/** A page of a document's decisions, newest first. */
export interface DecisionList {
	decisions: Array<DecisionLine & { answers: number; undone: boolean }>;
	total: number;
	page: number;
	pages: number;
}

/** One's own contributions, with what became of each. */
export interface Mine {
	counts: Record<'all' | 'waiting' | 'answered', number>;
	page: number;
	pages: number;
	items: Array<
		Pick<Entry, 'id' | 'kind' | 'status' | 'body' | 'quote' | 'change' | 'createdAt' | 'href'> & {
			hiddenFor: string | null;
			isReply: boolean;
			document: { slug: string; title: string };
			marks: FourMarks;
		}
	>;
}
