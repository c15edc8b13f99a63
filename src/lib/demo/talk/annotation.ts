import type { CapacityKind } from '#lib/people/actor.ts';
import type { DaysAgo } from '../changes/edit.ts';

export type Reply = { author: string; at: DaysAgo; body: string; as?: CapacityKind };

/** A remark on exact words of a text, and the talk under it. */
export type Annotation = {
	author: string;
	/** The capacity spoken in, where it is not the usual one. */
	as?: CapacityKind;
	at: DaysAgo;
	/** The block it stands in; `quote` stands exactly once in it on that day. */
	in: string;
	quote: string;
	body: string;
	replies: Reply[];
	resolved?: { author: string; at: DaysAgo };
	withdrawn?: DaysAgo;
	/** Waits for a moderator, being its author's first. */
	held?: true;
	/** What later edits did to its words; without it they still stand as quoted. */
	fate?: 'changed' | 'orphaned';
};

export const reply = (author: string, at: DaysAgo, body: string, as?: CapacityKind): Reply => ({
	author,
	at,
	body,
	as
});
