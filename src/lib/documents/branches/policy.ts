import { type Actor } from '#lib/people/actor.ts';
import { isSignedIn } from '#lib/people/policy.ts';
import { mayRead, type Governed, type LiveRight, type Parties } from '../policy.ts';
import { takesRemarks, type Stage } from '../stages.ts';

/** What a policy needs of a branch; the full row satisfies it. */
export interface BranchFacts {
	createdBy: string;
	publishedAt: number | null;
	discardedAt: number | null;
}

/** Who else is on it; a person without `joinedAt` was asked and has not answered. */
export type BranchMembers = ReadonlyArray<{ personId: string; joinedAt: number | null }>;

/** Suggestions are taken as long as remarks are: they end with the consultation. */
export function takesSuggestions(
	document: { stage: Stage; closesAt: number | null },
	now: number
): boolean {
	return takesRemarks(document, now);
}

/** Whether this person began the branch. */
export function isBeginner(actor: Actor, branch: BranchFacts): boolean {
	return isSignedIn(actor) && actor.person.id === branch.createdBy;
}

/** On the branch: who began it, and who said that they join. */
export function isOnBranch(actor: Actor, branch: BranchFacts, members: BranchMembers): boolean {
	if (!isSignedIn(actor)) return false;
	const { id } = actor.person;
	return (
		branch.createdBy === id ||
		members.some(({ personId, joinedAt }) => personId === id && joinedAt !== null)
	);
}

/** Whether this person was asked to join and has not answered. */
export function isAsked(actor: Actor, members: BranchMembers): boolean {
	if (!isSignedIn(actor)) return false;
	const { id } = actor.person;
	return members.some(({ personId, joinedAt }) => personId === id && joinedAt === null);
}

/** L1, L2: a branch is written on by those on it, until it is published and while its text takes suggestions. */
export function branchRight(
	actor: Actor,
	{ branch, members }: { branch: BranchFacts; members: BranchMembers },
	{ document, parties }: { document: Governed & { closesAt: number | null }; parties: Parties },
	now: number
): LiveRight {
	if (branch.discardedAt !== null || !isOnBranch(actor, branch, members)) return 'none';
	if (!mayRead(actor, document, parties)) return 'none';
	return branch.publishedAt === null && takesSuggestions(document, now) ? 'write' : 'read';
}
