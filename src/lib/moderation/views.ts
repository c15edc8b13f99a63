import type { CapacityStamp, Status } from '#lib/contributions/kinds.ts';
import type { DetailView } from '#lib/contributions/views.ts';

/** A line of the queue. */
export interface QueueLine {
	id: string;
	author: string;
	capacity: CapacityStamp;
	title: string;
	beginning: string;
	createdAt: number;
}

/** Everything a moderator needs to decide on one contribution, on one screen (M6). */
export interface QueueItem extends Omit<QueueLine, 'beginning'> {
	body: string;
	status: Status;
	slug: string;
	language: string;
	threadId: string;
	/** The words (or the whole clause) it is about, as they were. */
	quote: string | null;
	/** The head of the thread this replies to. */
	repliesTo: { author: string; body: string } | null;
	history: { published: number; hidden: number; withdrawn: number; since: number };
	/** What its kind says besides words. */
	detail: DetailView | null;
	/** What it said before each edit, latest first. */
	earlier: Array<{ body: string; detail: DetailView | null; at: number }>;
	hidden: { by: string; reason: string; at: number } | null;
	/** Why this moderator may not decide on it. */
	why: 'own' | 'own_document' | null;
}
