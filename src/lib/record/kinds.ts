import type { Outcome } from '#lib/contributions/kinds.ts';
import type { Stage } from '#lib/documents/stages.ts';

/** What one may be told of; each can be muted. What concerns one's own words comes first. */
export const NEWS_KINDS = [
	'answered',
	'replied',
	'moderated',
	'invited',
	'stale',
	'rated',
	'stage',
	'contributions',
	'decided'
] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** The sentences of each kind; `lines.ts` says them. */
export const SENTENCES = {
	answered: ['answered', 'undone', 'merged'],
	replied: ['replied', 'resolved', 'reopened'],
	moderated: ['published', 'restored', 'hidden'],
	invited: ['branch', 'co_drafter'],
	stale: ['stale'],
	rated: ['rated'],
	stage: ['moved'],
	contributions: ['said', 'contributed', 'suggested'],
	decided: ['decided']
} as const satisfies Record<NewsKind, readonly string[]>;
export type Sentence = (typeof SENTENCES)[NewsKind][number];

/** What a line of news is built from besides its target: ids and plain facts, never words of others. */
export interface NewsDetail {
	sentence: Sentence;
	/** Who did it; shown by name where the sentence names somebody. */
	by: string | null;
	/** The block it is about, and its number in the text when it happened. */
	block?: string;
	clause?: string;
	/** The head of the thread, and of which kind it is. */
	head?: string;
	headKind?: string;
	/** How many of the reader's own contributions one decision answered; absent: one. */
	own?: number;
	/** Absent when one decision gave different ones. */
	outcome?: Outcome;
	/** A decision's number in its document. */
	number?: number;
	stage?: Stage;
}

/** How often letters come. */
export const MAIL_RHYTHMS = ['at_once', 'daily', 'weekly', 'never'] as const;
export type MailRhythm = (typeof MAIL_RHYTHMS)[number];

/** How one person wants to be told. */
export interface Wishes {
	mail: MailRhythm;
	/** Quiet hours: minutes after midnight where the person lives; both null for none. */
	quietFrom: number | null;
	quietTo: number | null;
	/** An IANA name. */
	timeZone: string;
	muted: NewsKind[];
}

/** What holds for whoever never said otherwise: one letter a day, when there is something. */
export const DEFAULT_WISHES: Wishes = {
	mail: 'daily',
	quietFrom: null,
	quietTo: null,
	timeZone: 'UTC',
	muted: []
};
