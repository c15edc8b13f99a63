import { and, count, eq, isNull } from 'drizzle-orm';
import { isAsked } from '#lib/documents/branches/policy.ts';
import { branchMember, type BranchRow } from '#lib/documents/branches/schema.server.ts';
import { Conflict, Forbidden, Invalid, TooMany } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import { personByEmail } from '#lib/people/holders.server.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { branchSceneOf, type BranchScene } from './branch-scene.server.ts';
import { branchOf, recordBranch } from './branches.server.ts';
import type { BranchView } from './branch-views.ts';
import { requireOpen, signedIn } from './scene.server.ts';

/** People on one branch besides who began it. */
export const MOST_MEMBERS = 20;

/**
 * Asks somebody to write along, by the address of their account (L3). Only who began the branch asks.
 * Invalid `person_unknown`, `invited_self`; TooMany `branch_full`; Conflict `branch_moved_on`.
 */
export async function inviteToBranch(
	house: House,
	actor: Actor,
	branchId: string,
	{ email }: { email: string }
): Promise<BranchView> {
	const { scene, author } = await own(house, actor, branchId);
	requireOpen(house, author, scene.document);
	requirePrivate(scene.branch);
	const guest = await personByEmail(house.store.db, email);
	if (!guest) throw new Invalid('person_unknown', { field: 'email' });
	if (guest.id === author.person.id) throw new Invalid('invited_self', { field: 'email' });
	const now = house.clock();
	await house.store.transact(async (tx) => {
		const [all] = await tx
			.select({ members: count() })
			.from(branchMember)
			.where(eq(branchMember.branchId, branchId));
		if (all && all.members >= MOST_MEMBERS) {
			throw new TooMany('branch_full', { limit: MOST_MEMBERS, seconds: 0 });
		}
		const [asked] = await tx
			.insert(branchMember)
			.values({
				id: newId(now),
				branchId,
				personId: guest.id,
				invitedBy: author.person.id,
				at: now
			})
			.onConflictDoNothing()
			.returning({ id: branchMember.id });
		if (!asked) return;
		const by = { by: author.person.id, at: now, personId: guest.id };
		await recordBranch(tx, scene.branch, 'branch.invited', by);
	});
	return branchOf(house, actor, branchId);
}

/** Joins a branch one was asked onto: from now on one writes on it. Doing so twice is no error. */
export async function joinBranch(
	house: House,
	actor: Actor,
	branchId: string
): Promise<BranchView> {
	const scene = await branchSceneOf(house, actor, branchId);
	const guest = signedIn(actor);
	if (!isAsked(actor, scene.members)) return branchOf(house, actor, branchId);
	requireOpen(house, guest, scene.document);
	requirePrivate(scene.branch);
	const now = house.clock();
	await house.store.transact(async (tx) => {
		const [joined] = await tx
			.update(branchMember)
			.set({ joinedAt: now })
			.where(
				and(
					eq(branchMember.branchId, branchId),
					eq(branchMember.personId, guest.person.id),
					isNull(branchMember.joinedAt)
				)
			)
			.returning({ id: branchMember.id });
		if (!joined) throw new Conflict('branch_moved_on');
		await recordBranch(tx, scene.branch, 'branch.joined', { by: guest.person.id, at: now });
	});
	announce(house, branchId, guest.person.id);
	return branchOf(house, actor, branchId);
}

/** Leaves a branch, or says no to joining it. What one wrote on it stays there (L3). */
export async function leaveBranch(house: House, actor: Actor, branchId: string): Promise<void> {
	const { branch } = await branchSceneOf(house, actor, branchId);
	const { person } = signedIn(actor);
	if (branch.createdBy === person.id) throw new Invalid('own_branch');
	await part(house, branch, person.id, { by: person.id, verb: 'branch.left' });
}

/** Shows somebody out; their live connection loses its right within a second (L3). */
export async function removeFromBranch(
	house: House,
	actor: Actor,
	branchId: string,
	personId: string
): Promise<BranchView> {
	const { scene, author } = await own(house, actor, branchId);
	await part(house, scene.branch, personId, { by: author.person.id, verb: 'branch.removed' });
	return branchOf(house, actor, branchId);
}

async function own(
	house: House,
	actor: Actor,
	branchId: string
): Promise<{ scene: BranchScene; author: SignedIn }> {
	const scene = await branchSceneOf(house, actor, branchId);
	const author = signedIn(actor);
	if (scene.branch.createdBy !== author.person.id) throw new Forbidden('not_your_branch');
	return { scene, author };
}

function requirePrivate({ publishedAt, discardedAt }: BranchRow): void {
	if (publishedAt !== null || discardedAt !== null) throw new Conflict('branch_moved_on');
}

async function part(
	house: House,
	branch: BranchRow,
	personId: string,
	{ by, verb }: { by: string; verb: string }
): Promise<void> {
	requirePrivate(branch);
	const at = house.clock();
	await house.store.transact(async (tx) => {
		const [gone] = await tx
			.delete(branchMember)
			.where(and(eq(branchMember.branchId, branch.id), eq(branchMember.personId, personId)))
			.returning({ id: branchMember.id });
		if (gone) await recordBranch(tx, branch, verb, { by, at, personId });
	});
	announce(house, branch.id, personId);
}

function announce(house: House, branchId: string, personId: string): void {
	house.bus.announce('rights', { personId, documentId: branchId });
}
