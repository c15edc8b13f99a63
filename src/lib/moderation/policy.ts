import { mayModerate, type ContributionFacts } from '#lib/contributions/policy.ts';
import { isAuthor } from '#lib/contributions/policy.ts';
import type { Parties } from '#lib/documents/policy.ts';
import type { Actor } from '#lib/people/actor.ts';
import { isPolicyTeam, isSignedIn } from '#lib/people/policy.ts';

/** M1: whether there is a queue for this person at all. */
export function hasQueue(actor: Actor): boolean {
	return isSignedIn(actor) && actor.duties.some((duty) => duty.kind === 'moderator');
}

/** Why a moderator may not decide on this one; null when they may (M2). */
export function whyNot(
	actor: Actor,
	it: ContributionFacts,
	parties: Parties
): 'own' | 'own_document' | null {
	if (isAuthor(actor, it)) return 'own';
	const id = actor.person?.id;
	const takesPart =
		(it.documentId !== null && isPolicyTeam(actor, it.documentId)) ||
		parties.some((one) => one.personId === id && ['owner', 'co_drafter'].includes(one.part));
	return takesPart ? 'own_document' : null;
}

/** M1 and M2 together. */
export function mayDecide(actor: Actor, it: ContributionFacts, parties: Parties): boolean {
	return mayModerate(actor, it) && whyNot(actor, it, parties) === null;
}
