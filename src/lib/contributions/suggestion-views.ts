import * as v from 'valibot';
import type { Part } from '#lib/documents/branches/summary.ts';
import type { MeterCounts } from '#lib/ui/meter.ts';
import type { CapacityStamp, Outcome } from './kinds.ts';
import type { FourMarks } from './views.ts';

/** How a text may be read: as it is, with what people suggest in place, or as if that were accepted. */
export const TEXT_VIEWS = ['text', 'suggestions', 'accepted'] as const;
export type TextView = (typeof TEXT_VIEWS)[number];

/** The view an address asks for; anything odd is the text itself. */
export function textViewOf(url: URL): TextView {
	const asked = url.searchParams.get('view');
	return TEXT_VIEWS.find((view) => view === asked) ?? 'text';
}

/** A suggestion in a list. */
export interface SuggestionLine {
	/** The contribution's id; the suggestion's page is found by it. */
	id: string;
	branchId: string;
	/** Who suggests it, and who wrote along. */
	author: { id: string; name: string };
	others: string[];
	capacity: CapacityStamp;
	/** The author's reason. */
	reason: string;
	createdAt: number;
	/** The first change with a few words around it, the same in one line, and how many more there are. */
	parts: Part[];
	text: string;
	more: number;
	/** The first block it changes, with its clause number. */
	blockId: string | null;
	number: string | null;
	replies: number;
	/** Ids of open suggestions that change the same words. */
	overlaps: string[];
	/** It builds on words the text has lost since. */
	stale: boolean;
	/** It changes nothing any more, or stands on an earlier text. */
	gone: boolean;
	outcome: Outcome | null;
	/** The support it has, where the page asked `ballots/tallies.server.ts` for it; zeros are left out. */
	support?: (MeterCounts & { stale?: number }) | null;
	/** What became of it, where the page asked `decisions/marks.server.ts` for it. */
	marks?: FourMarks | null;
	/** Waiting for a moderator: seen by its author and the moderators. */
	held: boolean;
}

/** Open suggestions beside the text: those of its first clauses, or of the clause asked for. */
export interface SuggestedBeside {
	/** Names all that are open: another name, and what is here may be out of date. */
	state: string;
	/** How many there are in the whole text. */
	total: number;
	/** By the block they change something in. */
	of: Record<string, SuggestedHere>;
}

/** The open suggestions of one block. */
export interface SuggestedHere {
	/** Where the block begins, as a flat index. */
	from: number;
	count: number;
	/** The best supported ones; the others are in the list. */
	lines: SuggestionLine[];
}

/** Which suggestions a list shows. */
export const SUGGESTION_SHOWS = ['open', 'overlaps', 'answered', 'mine', 'all'] as const;
export type SuggestionShow = (typeof SUGGESTION_SHOWS)[number];

/** The list's address: anything odd falls back to the usual, since people edit addresses by hand. */
export const SuggestionAddress = v.object({
	show: v.fallback(v.optional(v.picklist(SUGGESTION_SHOWS), 'open'), 'open'),
	page: v.fallback(
		v.pipe(v.optional(v.string(), '1'), v.regex(/^\d{1,6}$/), v.transform(Number), v.minValue(1)),
		1
	),
	block: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(80))), undefined)
});
