import type { Draft } from '../texts/draft.ts';

/** Days before now, so that the demo is always about this month. */
export type DaysAgo = number;

type Act =
	/** Words changed for other words, inside one block; each `find` stands exactly once in it. */
	| { in: string; swaps: [find: string, put: string][] }
	/** Blocks added after an existing one. */
	| { after: string; add: Draft[] }
	/** A whole block taken out. */
	| { drop: string };

/** One person's change to a living text at one moment. */
export type Edit = { author: string; at: DaysAgo } & Act;

export const swap = (
	author: string,
	at: DaysAgo,
	block: string,
	...swaps: [find: string, put: string][]
): Edit => ({ author, at, in: block, swaps });

export const add = (author: string, at: DaysAgo, after: string, ...drafts: Draft[]): Edit => ({
	author,
	at,
	after,
	add: drafts
});

export const drop = (author: string, at: DaysAgo, block: string): Edit => ({
	author,
	at,
	drop: block
});
