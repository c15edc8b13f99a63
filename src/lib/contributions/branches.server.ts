import { and, count, eq, isNull } from 'drizzle-orm';
import { branch, type BranchRow } from '#lib/documents/branches/schema.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import { createHead } from '#lib/documents/live/log.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import { Conflict, Forbidden, TooMany } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { branchSceneOf, viewOf } from './branch-scene.server.ts';
import type { BranchView } from './branch-views.ts';
import type { LiveText } from './places.server.ts';
import { requireOpen, signedIn } from './scene.server.ts';

/** Private branches one person may have open on one document. */
export const MOST_BRANCHES = 50;

/** Where somebody wants to change the text: a block, or a selection in flat indices. */
export interface BeginAt {
	blockId?: string;
	from?: number;
	to?: number;
}

/** Where a branch starts from. */
interface Fork {
	epoch: number;
	seq: number;
	blockId: string | null;
}

/**
 * Begins a private branch on a document (L1). Its id is then opened live, like a document's.
 * Closed `document_closed`, Conflict `clause_gone`, TooMany `too_many_branches`.
 */
export async function beginBranch(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	at: BeginAt = {}
): Promise<BranchView> {
	const author = signedIn(actor);
	const { document } = await readDocument(house, actor, documentId);
	requireOpen(house, author, document);
	const { epoch, seq, blocks } = await live.read(documentId);
	const row = await forkFor(house, author, document, { epoch, seq, blockId: blockAt(blocks, at) });
	return branchOf(house, actor, row.id);
}

function blockAt(blocks: Block[], { blockId, from, to = from }: BeginAt): string | null {
	if (blockId !== undefined) {
		if (!blocks.some(({ id }) => id === blockId)) throw new Conflict('clause_gone');
		return blockId;
	}
	if (from === undefined) return null;
	const [low, high] = [Math.min(from, to!), Math.max(from, to!)];
	return blocks.find((block) => block.to >= low && block.from <= high)?.id ?? null;
}

/** Makes the branch and its empty log, for a person who may. */
export async function forkFor(
	house: House,
	{ person }: SignedIn,
	document: Pick<DocumentRow, 'id'>,
	{ epoch, seq, blockId }: Fork
): Promise<BranchRow> {
	const now = house.clock();
	const id = newId(now);
	return house.store.transact(async (tx) => {
		await keepFew(tx, person.id, document.id);
		const [row] = await tx
			.insert(branch)
			.values({
				id,
				documentId: document.id,
				epoch,
				baseSeq: seq,
				blockId,
				createdBy: person.id,
				createdAt: now,
				changedAt: now
			})
			.returning();
		await createHead(tx, id, now, epoch);
		await recordBranch(tx, row!, 'branch.begun', { by: person.id, at: now });
		return row!;
	});
}

async function keepFew(tx: Db, personId: string, documentId: string): Promise<void> {
	const [row] = await tx
		.select({ open: count() })
		.from(branch)
		.where(
			and(
				eq(branch.createdBy, personId),
				eq(branch.documentId, documentId),
				isNull(branch.publishedAt),
				isNull(branch.discardedAt)
			)
		);
	if (row && row.open >= MOST_BRANCHES) {
		throw new TooMany('too_many_branches', { limit: MOST_BRANCHES, seconds: 0 });
	}
}

/**
 * What happens on a branch is in the record under the branch alone: who may not know of a branch does
 * not find it in the story of the document (L1).
 */
export async function recordBranch(
	tx: Db,
	{ id, documentId }: Pick<BranchRow, 'id' | 'documentId'>,
	verb: string,
	{ by, at, ...detail }: { by: string; at: number; personId?: string }
): Promise<void> {
	await appendEvent(tx, {
		at,
		personId: by,
		verb,
		targetType: 'branch',
		targetId: id,
		detail: { documentId, ...detail }
	});
}

/** A branch as this person sees it; NotFound `branch_not_found` for whoever is not on it. */
export async function branchOf(house: House, actor: Actor, branchId: string): Promise<BranchView> {
	return viewOf(house, actor, await branchSceneOf(house, actor, branchId));
}

/** Gives a private branch up. Its words stay in its log; nobody opens it any more. */
export async function discardBranch(house: House, actor: Actor, branchId: string): Promise<void> {
	const { branch: row } = await branchSceneOf(house, actor, branchId);
	const { person } = signedIn(actor);
	if (row.createdBy !== person.id) throw new Forbidden('not_your_branch');
	if (row.discardedAt !== null) return;
	const now = house.clock();
	await house.store.transact(async (tx) => {
		const [done] = await tx
			.update(branch)
			.set({ discardedAt: now, changedAt: now })
			.where(and(eq(branch.id, branchId), isNull(branch.publishedAt), isNull(branch.discardedAt)))
			.returning({ id: branch.id });
		if (!done) throw new Conflict('branch_moved_on');
		await recordBranch(tx, row, 'branch.discarded', { by: person.id, at: now });
	});
	house.bus.announce('document', { documentId: branchId });
}
