import { loadBranch, type FoundBranch } from '#lib/documents/branches/found.server.ts';
import {
	isAsked,
	isBeginner,
	isOnBranch,
	takesSuggestions
} from '#lib/documents/branches/policy.ts';
import type { BranchRow } from '#lib/documents/branches/schema.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import { readHead } from '#lib/documents/live/log.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { House } from '#lib/server/house.ts';
import type { BranchState, BranchView } from './branch-views.ts';

/** A branch on a document that this person may read, and that they are on or were asked onto. */
export interface BranchScene extends FoundBranch {
	document: DocumentRow;
}

/** The branch; for everybody else it is not there (L1). */
export async function branchSceneOf(
	house: House,
	actor: Actor,
	branchId: string
): Promise<BranchScene> {
	const found = await loadBranch(house.store.db, branchId);
	const here =
		found && (isOnBranch(actor, found.branch, found.members) || isAsked(actor, found.members));
	if (!here) throw new NotFound('branch_not_found');
	const { document } = await readDocument(house, actor, found.branch.documentId);
	return { ...found, document };
}

/** What a branch is, by its row and the epoch its document is in. */
export function stateOf(
	{ publishedAt, discardedAt, epoch }: BranchRow,
	mainEpoch: number
): BranchState {
	if (discardedAt !== null) return 'discarded';
	if (publishedAt !== null) return 'published';
	return epoch === mainEpoch ? 'private' : 'outdated';
}

/** The branch for a page of whoever is on it. */
export async function viewOf(
	house: House,
	actor: Actor,
	{ branch, members, document }: BranchScene
): Promise<BranchView> {
	const { db } = house.store;
	const [names, main, own] = await Promise.all([
		namesOf(db, [branch.createdBy, ...members.map(({ personId }) => personId)]),
		readHead(db, document.id),
		readHead(db, branch.id)
	]);
	const person = (id: string) => ({ id, name: names.get(id) ?? '' });
	const state = stateOf(branch, main?.epoch ?? branch.epoch);
	const open = takesSuggestions(document, house.clock());
	const [mine, joined] = [isBeginner(actor, branch), isOnBranch(actor, branch, members)];
	const writable = state === 'private' && open;
	return {
		id: branch.id,
		documentId: document.id,
		state,
		blockId: branch.blockId,
		author: person(branch.createdBy),
		members: members.map(({ personId, joinedAt }) => ({
			...person(personId),
			joined: joinedAt !== null
		})),
		createdAt: branch.createdAt,
		changedAt: Math.max(branch.changedAt, own?.changedAt ?? 0),
		contributionId: branch.contributionId,
		restOf: branch.restOf,
		problem: state === 'outdated' ? 'branch_outdated' : open ? null : 'document_closed',
		may: {
			write: writable && joined,
			invite: writable && mine,
			publish: writable && mine,
			discard: mine && (state === 'private' || state === 'outdated'),
			join: writable && isAsked(actor, members),
			leave: !mine && state === 'private'
		}
	};
}
