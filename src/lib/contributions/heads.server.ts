import { and, count, eq, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import type { Status } from './kinds.ts';
import { placesOf, type LiveText } from './places.server.ts';
import { maySee, mayModerate } from './policy.ts';
import { contribution, resolution } from './schema.server.ts';
import type { Mark, Place } from './views.ts';

/** A thread of a document in short: enough to filter, order and paint, without its words. */
export interface Head {
	id: string;
	personId: string;
	status: Status;
	wholeBlock: boolean;
	createdAt: number;
	changedAt: number;
	resolved: boolean;
	/** Replies that this reader sees. */
	replies: number;
	place: Place;
}

/** All threads of a document that this person may see, in the order of the text. */
export async function headsOf(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<{ heads: Head[]; seq: number }> {
	const { db } = house.store;
	const rows = await db
		.select({
			id: contribution.id,
			personId: contribution.personId,
			status: contribution.status,
			wholeBlock: contribution.wholeBlock,
			documentId: contribution.documentId,
			parentId: contribution.parentId,
			createdAt: contribution.createdAt,
			changedAt: contribution.changedAt,
			resolvedAt: resolution.resolvedAt
		})
		.from(contribution)
		.leftJoin(
			resolution,
			and(eq(resolution.contributionId, contribution.id), isNull(resolution.reopenedAt))
		)
		.where(
			and(
				eq(contribution.documentId, document.id),
				eq(contribution.kind, 'annotation'),
				isNull(contribution.parentId)
			)
		);
	const replies = await countReplies(house, actor, document.id);
	const seen = rows.filter((row) => showsHead(actor, row, replies.get(row.id) ?? 0));
	const { of, seq } = await placesOf(
		house,
		live,
		document.id,
		seen.map((row) => row.id)
	);
	const heads = seen.flatMap(
		({ id, personId, status, wholeBlock, createdAt, changedAt, resolvedAt }) => {
			const place = of.get(id);
			if (!place) return [];
			const head = { id, personId, status, wholeBlock, createdAt, changedAt, place };
			return [{ ...head, resolved: resolvedAt !== null, replies: replies.get(id) ?? 0 }];
		}
	);
	return { heads: heads.sort(byPlace), seq };
}

/** C4, C6: a thread whose head is gone stays while others still speak in it. */
function showsHead(actor: Actor, row: Parameters<typeof maySee>[1], replies: number): boolean {
	if (row.status === 'published') return true;
	if (row.status === 'withdrawn') return replies > 0 || mayModerate(actor, row);
	return maySee(actor, row) || (row.status === 'hidden' && replies > 0);
}

/** Which replies a person sees in lists: published ones, one's own, and for moderators all. */
export function visibleReplies(actor: Actor, documentId: string): SQL | undefined {
	if (mayModerate(actor, { documentId })) return isNotNull(contribution.parentId);
	const own = actor.person && eq(contribution.personId, actor.person.id);
	return and(
		isNotNull(contribution.parentId),
		or(inArray(contribution.status, ['published', 'withdrawn']), own ?? undefined)
	);
}

async function countReplies(
	house: House,
	actor: Actor,
	documentId: string
): Promise<Map<string, number>> {
	const rows = await house.store.db
		.select({ parentId: contribution.parentId, replies: count() })
		.from(contribution)
		.where(and(eq(contribution.documentId, documentId), visibleReplies(actor, documentId)))
		.groupBy(contribution.parentId);
	return new Map(rows.map((row) => [row.parentId ?? '', row.replies]));
}

/** In the order of the text; those on the same words, oldest first (ids are made in order of time). */
export function byPlace(a: Head, b: Head): number {
	return a.place.from - b.place.from || a.place.to - b.place.to || (a.id < b.id ? -1 : 1);
}

/** What the page paints for this thread. */
export function markOf({ id, place, wholeBlock }: Head): Mark {
	const { from, to, status, blockId } = place;
	return { id, from, to, status, whole: wholeBlock, block: blockId };
}
