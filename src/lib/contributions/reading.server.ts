import { and, eq, gte } from 'drizzle-orm';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { takesRemarks } from '#lib/documents/stages.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { headsOf, markOf, type Head } from './heads.server.ts';
import type { LiveText } from './places.server.ts';
import { mayAnnotate } from './policy.ts';
import { contribution } from './schema.server.ts';
import { anchoredThreadsOf, threadsOf } from './threads.server.ts';
import type { AnchoredView, ReadingAnnotations } from './views.ts';

/** Cards that come with the page; the others are asked for when their clause is in view. */
const FIRST_CARDS = 40;
/** Cards given at one asking. */
const MOST_CARDS = 100;
/** A change committed while an earlier page was read must not fall between two askings. */
const OVERLAP_MS = 30_000;
/** Highlights an editor keeps on their words while somebody types. */
const MOST_IN_EDITOR = 500;

/** Everything the reading page needs of the conversation, for a document its reader has found. */
export async function annotationsForReading(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<ReadingAnnotations> {
	const at = house.clock();
	const { open, seq } = await openHeads(house, live, actor, document);
	const cards = await threadsOf(house, actor, document, open.slice(0, FIRST_CARDS));
	return { ...painted(house, actor, document, open), seq, at, cards };
}

/** What to ask for: the threads of one block, or those that changed at or after a moment. */
export interface CardsQuery {
	block?: string;
	since?: number;
}

/** The same as for the page, with the cards asked for instead of the first ones. */
export async function cardsOf(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow,
	{ block, since }: CardsQuery
): Promise<ReadingAnnotations> {
	const at = house.clock();
	const { open, seq } = await openHeads(house, live, actor, document);
	const asked = open.filter(
		(head) =>
			(block === undefined || head.place.blockId === block) &&
			(since === undefined || head.changedAt >= since - OVERLAP_MS)
	);
	const cards = await threadsOf(house, actor, document, asked.slice(0, MOST_CARDS));
	return { ...painted(house, actor, document, open), seq, at, cards };
}

/**
 * Whether there is anything new for a page that asked at `since` and has places for `seq`: one look
 * at an index, so that thousands of open pages may ask.
 */
export async function hasNews(
	house: House,
	live: LiveText,
	documentId: string,
	{ since, seq }: { since: number; seq: number }
): Promise<boolean> {
	if ((await live.read(documentId)).seq !== seq) return true;
	const [row] = await house.store.db
		.select({ id: contribution.id })
		.from(contribution)
		.where(
			and(eq(contribution.documentId, documentId), gte(contribution.changedAt, since - OVERLAP_MS))
		)
		.limit(1);
	return row !== undefined;
}

/** The open threads with their anchors, for the editor to look up in its own text while it changes. */
export async function annotationsForEditor(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<AnchoredView[]> {
	const { open } = await openHeads(house, live, actor, document);
	return anchoredThreadsOf(house, actor, document, open.slice(0, MOST_IN_EDITOR));
}

async function openHeads(house: House, live: LiveText, actor: Actor, document: DocumentRow) {
	const { heads, seq } = await headsOf(house, live, actor, document);
	return { open: heads.filter((head) => !head.resolved), seq };
}

function painted(house: House, actor: Actor, document: DocumentRow, open: Head[]) {
	const marks = open.map(markOf);
	const counts: Record<string, number> = {};
	for (const { block } of marks) if (block !== null) counts[block] = (counts[block] ?? 0) + 1;
	return { marks, counts, total: marks.length, ...standpoint(house, actor, document) };
}

/** Whether this reader may speak here, in which capacities, and if not, why not. */
export function standpoint(
	house: House,
	actor: Actor,
	document: DocumentRow
): Pick<ReadingAnnotations, 'may' | 'why' | 'speaking'> {
	const now = house.clock();
	const annotate = mayAnnotate(actor, document, now);
	const open = takesRemarks(document, now);
	return {
		may: { annotate },
		why: annotate ? null : open ? 'sign_in' : 'closed',
		speaking: actor.capacities
			.filter((capacity) => capacity.kind !== 'citizen')
			.map(({ id, kind, orgId, orgName }) => ({ id, kind, orgId, orgName }))
	};
}
