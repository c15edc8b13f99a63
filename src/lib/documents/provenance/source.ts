import type { CapacityKind } from '#lib/people/actor.ts';
import type { Way } from './runs.ts';

/** Who wrote something: named when they agreed to it, or when it is for those who write with them. */
export interface Writer {
	name: string | null;
	/** The account is there no more. */
	gone: boolean;
	/** As which they wrote it, as it stood then; null when nothing is known of it. */
	capacity: { kind: CapacityKind; orgId: string | null; orgName: string | null } | null;
}

/** A decision as a source names it. */
export interface Reasoned {
	number: number;
	href: string;
	reason: string;
	at: number;
}

/** A suggestion as a source names it. */
export interface SuggestionSource {
	href: string;
	/** What others said to it. */
	replies: number;
	threadHref: string;
	/** The support it had and has. */
	tally: { support: number; conditional: number; against: number };
	supportHref: string;
	/** Only a part of it was taken in. */
	partly: boolean;
}

/** Where some words of a text come from. */
export interface Source {
	/** Flat indices in the text that was asked about, `to` not included. */
	from: number;
	to: number;
	/** The words, shortened. */
	words: string;
	way: Way;
	writer: Writer;
	at: number;
	/** The suggestion they were in; null also when it may not be shown. */
	suggestion: SuggestionSource | null;
	/** They came by a suggestion that was taken down since. */
	takenDown: boolean;
	/** What the team changed by these words while it took it in: the credit is for both. */
	onTopOf: Array<{ href: string | null; writer: Writer }>;
	/** The decision that took them in. */
	decision: Reasoned | null;
	/** The decision that put them back. */
	restored: Reasoned | null;
	/** For what was there at the beginning: the Org the text is made for. */
	org: string | null;
}
