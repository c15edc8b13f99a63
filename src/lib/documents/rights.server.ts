import { VISITOR } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { House } from '#lib/server/house.ts';
import { branchRightOf } from './branches/found.server.ts';
import { loadDocument } from './documents.server.ts';
import { liveRight, type LiveRight } from './policy.ts';

/**
 * What a person (null: a visitor) may do with the living text of a document or of a branch, as of now.
 * The live engine asks on every join and again whenever rights, stage or parties change. Unknown: `none`.
 */
export async function liveRightOf(
	house: House,
	personId: string | null,
	documentId: string
): Promise<LiveRight> {
	const found = await loadDocument(house, documentId);
	if (!found) return branchRightOf(house, personId, documentId);
	const actor = personId === null ? VISITOR : await actorOf(house, personId);
	return liveRight(actor, found.document, found.parties);
}
