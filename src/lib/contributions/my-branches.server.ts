import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm';
import { isAsked } from '#lib/documents/branches/policy.ts';
import { wordsTypedOn } from '#lib/documents/branches/own.server.ts';
import { branch, branchMember } from '#lib/documents/branches/schema.server.ts';
import { documentHead } from '#lib/documents/live/schema.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { person } from '#lib/people/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { stateOf } from './branch-scene.server.ts';
import type { BranchLine, Unpublished } from './branch-views.ts';
import { signedIn } from './scene.server.ts';

/** As many as one page shows: more of one's own branches than this are looked for by document. */
const MOST_LINES = 200;
/** Listed above the text itself; all of them have a page. */
const MOST_UNPUBLISHED = 10;

/** One's own branches and those one writes along on or was asked onto, last changed first. */
export async function myBranches(
	house: House,
	actor: Actor,
	documentId?: string
): Promise<BranchLine[]> {
	const me = signedIn(actor).person.id;
	const { db } = house.store;
	const along = db
		.select({ id: branchMember.branchId })
		.from(branchMember)
		.where(eq(branchMember.personId, me));
	const rows = await db
		.select({
			branch,
			document: { slug: document.slug, title: document.title },
			head: { seq: documentHead.seq, changedAt: documentHead.changedAt },
			author: person.name
		})
		.from(branch)
		.innerJoin(document, eq(document.id, branch.documentId))
		.innerJoin(documentHead, eq(documentHead.documentId, branch.id))
		.innerJoin(person, eq(person.id, branch.createdBy))
		.where(
			and(
				or(eq(branch.createdBy, me), inArray(branch.id, along)),
				isNull(branch.discardedAt),
				documentId === undefined ? undefined : eq(branch.documentId, documentId)
			)
		)
		.orderBy(desc(documentHead.changedAt), desc(branch.id))
		.limit(MOST_LINES);
	const ids = rows.map((row) => row.branch.id);
	const [members, epochs] = await Promise.all([
		membersOf(house, ids),
		epochsOf(house, [...new Set(rows.map((row) => row.branch.documentId))])
	]);
	return rows.map(({ branch: row, head, author, document: of }) => ({
		id: row.id,
		documentId: row.documentId,
		document: of,
		state: stateOf(row, epochs.get(row.documentId) ?? row.epoch),
		blockId: row.blockId,
		author: { id: row.createdBy, name: author },
		changedAt: Math.max(row.changedAt, head.changedAt),
		contributionId: row.contributionId,
		asked: isAsked(
			actor,
			members.filter(({ branchId }) => branchId === row.id)
		),
		text: row.summary?.text ?? null,
		untouched: head.seq === 0
	}));
}

/** Suggestions somebody began on a document and did not publish, last changed first: in short, by one query. */
export async function unpublishedOn(
	house: House,
	actor: Actor,
	documentId: string
): Promise<Array<Omit<Unpublished, 'number'>>> {
	if (!actor.person) return [];
	const rows = await house.store.db
		.select({
			id: branch.id,
			blockId: branch.blockId,
			branchAt: branch.changedAt,
			typedAt: documentHead.changedAt
		})
		.from(branch)
		.innerJoin(documentHead, eq(documentHead.documentId, branch.id))
		.where(
			and(
				eq(branch.createdBy, actor.person.id),
				eq(branch.documentId, documentId),
				isNull(branch.publishedAt),
				isNull(branch.discardedAt),
				gt(documentHead.seq, 0)
			)
		)
		.orderBy(desc(documentHead.changedAt), desc(branch.id))
		.limit(MOST_UNPUBLISHED);
	return rows.map(({ id, blockId, branchAt, typedAt }) => {
		return { id, blockId, changedAt: Math.max(branchAt, typedAt) };
	});
}

async function membersOf(house: House, ids: string[]) {
	if (ids.length === 0) return [];
	return house.store.db.select().from(branchMember).where(inArray(branchMember.branchId, ids));
}

async function epochsOf(house: House, ids: string[]): Promise<Map<string, number>> {
	if (ids.length === 0) return new Map();
	const rows = await house.store.db
		.select({ id: documentHead.documentId, epoch: documentHead.epoch })
		.from(documentHead)
		.where(inArray(documentHead.documentId, ids));
	return new Map(rows.map(({ id, epoch }) => [id, epoch]));
}

/**
 * What one typed on a branch, in the order it was typed. It is one's own whatever became of the branch,
 * of the document, or of one's right to either (L5). NotFound `branch_not_found` for who typed nothing.
 */
export async function myWordsOn(house: House, actor: Actor, branchId: string): Promise<string> {
	const { person: me } = signedIn(actor);
	const words = await wordsTypedOn(house.store.db, branchId, me.id);
	if (words === '') throw new NotFound('branch_not_found');
	return words;
}
