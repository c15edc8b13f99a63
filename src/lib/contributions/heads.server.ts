import { and, eq, inArray, isNotNull, or, type SQL } from 'drizzle-orm';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import type { ContributionKind, Status } from './kinds.ts';
import { placesOf, type LiveText } from './places.server.ts';
import { isAuthor, maySee, mayModerate } from './policy.ts';
import { talkOf, type HeadRow, type Talk } from './rows.server.ts';
import { contribution } from './schema.server.ts';
import type { Mark, Place } from './views.ts';

/** A thread of a document in short: enough to filter, order and paint, without its words. */
export interface Head {
	id: string;
	kind: ContributionKind;
	personId: string;
	status: Status;
	wholeBlock: boolean;
	createdAt: number;
	changedAt: number;
	resolved: boolean;
	/** Another one says the same and speaks for it. */
	merged: boolean;
	/** Replies that this reader sees. */
	replies: number;
	place: Place;
}

/** All threads of a document that some readers see. Many share it: nobody changes it. */
export interface Heads {
	/** In the order of the text. */
	readonly heads: readonly Head[];
	seq: number;
	/** Who sees just this: everybody, the moderators, or one person whose words wait or were hidden. */
	seenBy: string;
	/** What was worked out from it: thrown away with it. */
	readonly derived: Map<string, unknown>;
}

/** All threads of a document that this person may see, in the order of the text. */
export async function headsOf(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow
): Promise<Heads> {
	const talk = await talkOf(house, document.id);
	const seenBy = seenByWhom(actor, document, talk);
	const { epoch, seq } = await live.read(document.id);
	const known = talk.derived.get(seenBy) as { text: string; heads: Heads } | undefined;
	const text = `${epoch}.${seq}`;
	if (known?.text === text) return known.heads;
	const heads = { ...(await placed(house, live, actor, document.id, talk)), seenBy };
	if (heads.seq === seq) talk.derived.set(seenBy, { text, heads });
	return heads;
}

async function placed(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	talk: Talk
): Promise<Omit<Heads, 'seenBy'>> {
	const replies = countReplies(actor, documentId, talk);
	const seen = talk.heads.filter((row) => showsHead(actor, row, replies.get(row.id) ?? 0));
	const ids = seen.map((row) => row.id);
	const { of, seq } = await placesOf(house, live, documentId, ids);
	const heads = seen.flatMap((row): Head[] => {
		const place = of.get(row.id);
		if (!place) return [];
		const { resolvedAt, mergedInto, documentId: _, parentId: __, ...head } = row;
		const merged = mergedInto !== null;
		const resolved = resolvedAt !== null;
		return [{ ...head, place, merged, resolved, replies: replies.get(row.id) ?? 0 }];
	});
	return { heads: heads.sort(byPlace), seq, derived: new Map() };
}

/** Whether a thread is still to be talked about: not dealt with, and not spoken for by another. */
export function isOpen({ resolved, merged }: Pick<Head, 'resolved' | 'merged'>): boolean {
	return !resolved && !merged;
}

/** C6: all see the same but those who moderate, and those whose own words others do not see. */
function seenByWhom(actor: Actor, document: DocumentRow, { heads, unseen }: Talk): string {
	if (mayModerate(actor, { documentId: document.id })) return 'moderators';
	if (!actor.person) return 'everybody';
	const own =
		heads.some((row) => row.status !== 'published' && isAuthor(actor, row)) ||
		unseen.some((row) => isAuthor(actor, row));
	return own ? actor.person.id : 'everybody';
}

/** C4, C6: a thread whose head is gone stays while others still speak in it. */
function showsHead(actor: Actor, row: HeadRow, replies: number): boolean {
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

/** The same, counted by thread. */
function countReplies(actor: Actor, documentId: string, talk: Talk): Map<string, number> {
	const counts = new Map(talk.replies);
	const all = mayModerate(actor, { documentId });
	for (const row of talk.unseen) {
		if (all || isAuthor(actor, row)) counts.set(row.parentId, (counts.get(row.parentId) ?? 0) + 1);
	}
	return counts;
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
