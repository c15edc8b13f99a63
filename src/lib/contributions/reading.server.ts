import { and, eq, gte } from 'drizzle-orm';
import { fingerprint } from '#lib/documents/render/fingerprint.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { takesRemarks } from '#lib/documents/stages.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { headsOf, isOpen, markOf, type Head, type Heads } from './heads.server.ts';
import type { LiveText } from './places.server.ts';
import { mayAnnotate } from './policy.ts';
import { talkOf } from './rows.server.ts';
import { contribution } from './schema.server.ts';
import { anchoredThreadsOf, threadsOf } from './threads.server.ts';
import type { AnchoredView, Figures, Mark, ReadingAnnotations, Standpoint } from './views.ts';

/** Cards that come with the page; the others are asked for when their clause is in view. */
const FIRST_CARDS = 24;
/** Cards given at one asking. */
const MOST_CARDS = 100;
/** A change committed while an earlier page was read must not fall between two askings. */
const OVERLAP_MS = 30_000;
/** Highlights an editor keeps on their words while somebody types. */
const MOST_IN_EDITOR = 500;

/** What is laid over a text for some readers: shared by all who see the same, never changed. */
export interface Overlay {
	/** Who sees just this; see `Heads`. */
	seenBy: string;
	/** Names marks and figures together: the same name, the same overlay. */
	state: string;
	seq: number;
	/** Open threads in the order of the text. */
	open: readonly Head[];
	marks: readonly Mark[];
	figures: Figures;
}

/** What this person sees of the conversation on the text itself: marks and figures. */
export async function overlayOf(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<Overlay> {
	const heads = await headsOf(house, live, actor, document);
	const known = heads.derived.get('overlay') as Overlay | undefined;
	if (known) return known;
	const overlay = overlayFrom(heads);
	heads.derived.set('overlay', overlay);
	return overlay;
}

/** Everything the reading page needs of the conversation, for a document its reader has found. */
export async function annotationsForReading(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<ReadingAnnotations> {
	const at = house.clock();
	const overlay = await overlayOf(house, live, actor, document);
	const cards = await threadsOf(house, actor, document, overlay.open.slice(0, FIRST_CARDS));
	return { ...saidOf(overlay), at, cards, gone: [], ...standpoint(house, actor, document) };
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
	const overlay = await overlayOf(house, live, actor, document);
	const isNew = ({ changedAt }: { changedAt: number }) =>
		since === undefined || changedAt >= since - OVERLAP_MS;
	const asked = overlay.open.filter(
		(head) => (block === undefined || head.place.blockId === block) && isNew(head)
	);
	const cards = await threadsOf(house, actor, document, asked.slice(0, MOST_CARDS));
	const gone = since === undefined ? [] : await goneFrom(house, document, overlay, isNew);
	return { ...saidOf(overlay), at, cards, gone, ...standpoint(house, actor, document) };
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
	const { open } = await overlayOf(house, live, actor, document);
	return anchoredThreadsOf(house, actor, document, open.slice(0, MOST_IN_EDITOR));
}

/** Whether this reader may speak here, in which capacities, and if not, why not. */
export function standpoint(house: House, actor: Actor, document: DocumentRow): Standpoint {
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

function overlayFrom({ heads, seenBy, seq }: Heads): Overlay {
	const open = heads.filter(isOpen);
	const marks = open.map(markOf);
	const figures: Figures = {};
	for (const { block } of marks) {
		if (block !== null) figures[block] = { comments: (figures[block]?.comments ?? 0) + 1 };
	}
	const drawn = marks.map(({ id, from, to, status, whole }) => [id, from, to, status, whole]);
	return { seenBy, seq, open, marks, figures, state: fingerprint(JSON.stringify(drawn)) };
}

function saidOf({ state, seq, figures, open }: Overlay) {
	return { state, seq, figures, total: open.length };
}

/** Threads that changed and are not among the open ones any more, if this reader could have seen them. */
async function goneFrom(
	house: House,
	document: DocumentRow,
	{ open }: Overlay,
	isNew: (row: { changedAt: number }) => boolean
): Promise<string[]> {
	const { heads } = await talkOf(house, document.id);
	const still = new Set(open.map((head) => head.id));
	const changed = heads.filter((row) => row.status !== 'held' && isNew(row));
	return changed.flatMap(({ id }) => (still.has(id) ? [] : id));
}
