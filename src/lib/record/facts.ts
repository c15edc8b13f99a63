import type { ContributionKind, Outcome, Status } from '#lib/contributions/kinds.ts';
import type { NewsDetail, NewsKind } from './kinds.ts';

/** A committed event, as far as news are made of it. */
export interface Happened {
	id: string;
	at: number;
	personId: string | null;
	verb: string;
	targetType: string;
	targetId: string;
	documentId: string | null;
	detail: Record<string, unknown>;
}

/** Somebody who follows a document or one of its clauses, or speaks in a thread, and since when. */
export interface Since {
	personId: string;
	since: number;
}

/** What the house knows about the thing an event tells of. */
export interface Facts {
	/** The contribution it is about. */
	about?: { id: string; kind: ContributionKind; personId: string; status: Status };
	/** The head of its thread; the contribution itself where it is one. */
	head?: { id: string; kind: ContributionKind; personId: string };
	/** Who has published replies in that thread. */
	speakers: Since[];
	/** The first block it touches, with its number in the text. */
	block?: string;
	clause?: string;
	/** Followers of the document, and of any clause it touches. */
	followers: Since[];
	/** The contributions a decision speaks of, each with everybody whose credit is in it. */
	answered: { id: string; personIds: string[]; outcome: Outcome | null }[];
}

/** One person is told one thing. */
export interface News {
	personId: string;
	kind: NewsKind;
	groupKey: string;
	targetType: string;
	targetId: string;
	detail: NewsDetail;
}
