import { and, eq, isNotNull } from 'drizzle-orm';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { headsOf, isOpen, type Head } from './heads.server.ts';
import { SHOWS, type ListQuery, type Show } from './inputs.ts';
import { SAID_KINDS, type SaidKind } from './kinds.ts';
import type { LiveText } from './places.server.ts';
import type { WantedReplies } from './replies.server.ts';
import { contribution } from './schema.server.ts';
import { threadsWith } from './similar.server.ts';
import { threadsOf } from './threads.server.ts';
import type { AnnotationView } from './views.ts';

/** How many threads a page of the list shows. */
export const PAGE = 25;

export interface AnnotationList {
	items: AnnotationView[];
	/** How many threads each filter would show (within the clause asked for, if any). */
	counts: Record<Show, number>;
	/** And how many of each kind the filter chosen shows. */
	kinds: Array<{ kind: SaidKind; count: number }>;
	total: number;
	page: number;
	pages: number;
}

/** A page of a document's threads, filtered and ordered as asked. */
export async function listAnnotations(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	query: ListQuery
): Promise<AnnotationList> {
	const { document } = await readDocument(house, actor, documentId);
	const { heads } = await headsOf(house, live, actor, document);
	const found = query.q ? await threadsWith(house, document, query.q) : null;
	const there = heads.filter(
		(head) => (!query.block || head.place.blockId === query.block) && (!found || found.has(head.id))
	);
	const within = query.kind ? there.filter((head) => head.kind === query.kind) : there;
	const spokenIn = await spokenInBy(house, actor, document.id);
	const shows = (show: Show) => within.filter((head) => matches(show, head, actor, spokenIn));

	const shown = shows(query.show);
	if (query.order === 'newest') shown.sort((a, b) => (a.id < b.id ? 1 : -1));
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const page = Math.min(query.page, pages);
	const slice = shown.slice((page - 1) * PAGE, page * PAGE);
	return {
		items: await threadsOf(house, actor, document, slice),
		counts: Object.fromEntries(SHOWS.map((show) => [show, shows(show).length])) as Record<
			Show,
			number
		>,
		kinds: SAID_KINDS.map((kind) => ({
			kind,
			count: there.filter(
				(head) => head.kind === kind && matches(query.show, head, actor, spokenIn)
			).length
		})),
		total: shown.length,
		page,
		pages
	};
}

/** One thread with a page of its replies, and the threads before and after it in the text. */
export async function readThread(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	id: string,
	wanted: WantedReplies = { page: 1 }
): Promise<{ thread: AnnotationView; previous: string | null; next: string | null }> {
	const { document } = await readDocument(house, actor, documentId);
	const { heads } = await headsOf(house, live, actor, document);
	const at = heads.findIndex((head) => head.id === id);
	const [thread] = at < 0 ? [] : await threadsOf(house, actor, document, [heads[at]!], wanted);
	if (!thread) throw new NotFound('contribution_not_found');
	return { thread, previous: heads[at - 1]?.id ?? null, next: heads[at + 1]?.id ?? null };
}

/** The head of the thread that a contribution belongs to, so that a link to a reply finds its page. */
export async function headIdOf(house: House, document: DocumentRow, id: string): Promise<string> {
	const [row] = await house.store.db
		.select({ parentId: contribution.parentId })
		.from(contribution)
		.where(and(eq(contribution.id, id), eq(contribution.documentId, document.id)));
	return row?.parentId ?? id;
}

function matches(show: Show, head: Head, actor: Actor, spokenIn: Set<string>): boolean {
	switch (show) {
		case 'open':
			return isOpen(head);
		case 'resolved':
			return head.resolved;
		case 'changed':
		case 'orphaned':
			return isOpen(head) && head.place.status === show;
		case 'mine':
			return head.personId === actor.person?.id || spokenIn.has(head.id);
		case 'all':
			return true;
	}
}

/** Threads this person replied in. */
async function spokenInBy(house: House, actor: Actor, documentId: string): Promise<Set<string>> {
	if (!actor.person) return new Set();
	const rows = await house.store.db
		.selectDistinct({ id: contribution.parentId })
		.from(contribution)
		.where(
			and(
				eq(contribution.personId, actor.person.id),
				eq(contribution.documentId, documentId),
				isNotNull(contribution.parentId)
			)
		);
	return new Set(rows.flatMap((row) => row.id ?? []));
}
