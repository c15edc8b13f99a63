import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import type { Actor } from '#lib/people/actor.ts';
import { person } from '#lib/people/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Head } from './heads.server.ts';
import {
	isAuthor,
	mayEdit,
	mayMerge,
	mayModerate,
	mayReadBody,
	mayReply,
	mayResolve,
	mayWithdraw
} from './policy.ts';
import { repliesTo, type WantedReplies } from './replies.server.ts';
import { detailsOf } from './shown-details.server.ts';
import { sameAs } from './same.server.ts';
import { contribution, resolution, type ContributionRow } from './schema.server.ts';
import type { AnchoredView, AnnotationView, RemarkView } from './views.ts';

type Named = ContributionRow & { name: string };

/** The threads of these heads, in their order, as this person may see them; `wanted` replies, or a card's. */
export async function threadsOf(
	house: House,
	actor: Actor,
	document: DocumentRow,
	heads: readonly Head[],
	wanted?: WantedReplies
): Promise<AnnotationView[]> {
	const threads = await anchoredThreadsOf(house, actor, document, heads, wanted);
	return threads.map(({ anchor: _, ...thread }) => thread);
}

/** The same with their anchors, which only an editor needs. */
export async function anchoredThreadsOf(
	house: House,
	actor: Actor,
	document: DocumentRow,
	heads: readonly Head[],
	wanted?: WantedReplies
): Promise<AnchoredView[]> {
	if (heads.length === 0) return [];
	const ids = heads.map((head) => head.id);
	const now = house.clock();
	const chosen = await repliesTo(house, actor, document, ids, wanted);
	const replied = [...chosen.values()].flatMap((one) => one.ids);
	const [rows, replies, resolutions, same] = await Promise.all([
		named(house, ids),
		named(house, replied),
		resolutionsOf(house, ids),
		sameAs(house.store.db, ids)
	]);
	const details = await detailsOf(house, actor, rows);
	const byId = new Map(rows.map((row) => [row.id, row]));
	return heads.flatMap((head) => {
		const row = byId.get(head.id);
		if (!row?.anchor) return [];
		const view: AnchoredView = {
			...remarkView(actor, row, document, now),
			documentId: document.id,
			quote: row.anchor.quote,
			wholeBlock: row.wholeBlock,
			place: head.place,
			anchor: row.anchor,
			resolved: resolutions.get(head.id) ?? null,
			detail: details.get(head.id) ?? null,
			same: same.get(head.id) ?? null,
			replies: replies
				.filter((reply) => reply.parentId === head.id)
				.map((reply) => remarkView(actor, reply, document, now)),
			replied: chosen.get(head.id)!.replied,
			may: {
				...remarkView(actor, row, document, now).may,
				reply: mayReply(actor, row, document, now),
				resolve: mayResolve(actor, row, document),
				merge:
					row.status === 'published' &&
					mayMerge(actor, document.id) &&
					stageFacts(document.stage).writable
			}
		};
		return [view];
	});
}

async function named(house: House, ids: string[]): Promise<Named[]> {
	if (ids.length === 0) return [];
	const rows = await house.store.db
		.select({ row: contribution, name: person.name })
		.from(contribution)
		.innerJoin(person, eq(person.id, contribution.personId))
		.where(inArray(contribution.id, ids))
		.orderBy(asc(contribution.createdAt), asc(contribution.id));
	return rows.map(({ row, name }) => ({ ...row, name }));
}

function remarkView(actor: Actor, row: Named, document: DocumentRow, now: number): RemarkView {
	const mine = isAuthor(actor, row);
	return {
		id: row.id,
		kind: row.kind,
		author: { id: row.personId, name: row.name },
		capacity: row.capacity,
		body: mayReadBody(actor, row) ? row.body : null,
		status: row.status,
		hiddenFor: mine || mayModerate(actor, row) ? row.hiddenFor : null,
		createdAt: row.createdAt,
		editedAt: row.editedAt,
		mine,
		may: { edit: mayEdit(actor, row, document, now), withdraw: mayWithdraw(actor, row) }
	};
}

async function resolutionsOf(
	house: House,
	ids: string[]
): Promise<Map<string, { at: number; by: string }>> {
	const rows = await house.store.db
		.select({ id: resolution.contributionId, at: resolution.resolvedAt, by: person.name })
		.from(resolution)
		.innerJoin(person, eq(person.id, resolution.resolvedBy))
		.where(and(inArray(resolution.contributionId, ids), isNull(resolution.reopenedAt)));
	return new Map(rows.map(({ id, at, by }) => [id, { at, by }]));
}
