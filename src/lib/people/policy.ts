import type { Actor, CapacityKind, DutyKind, SignedIn } from './actor.ts';

/** Signed in with an account that is not disabled. The ground of every other right. */
export function isSignedIn(actor: Actor): actor is SignedIn {
	return actor.person?.status === 'active';
}

/** Whether the house has checked who this is; binding ballots and unheld first posts need it. */
export function isVerified(actor: Actor): boolean {
	return isSignedIn(actor) && actor.person.verification === 'verified';
}

/** Speaks in this capacity, at this Org if one is named. */
export function speaksAs(actor: Actor, kind: CapacityKind, orgId?: string): boolean {
	return (
		isSignedIn(actor) &&
		actor.capacities.some((held) => held.kind === kind && (!orgId || held.orgId === orgId))
	);
}

/** Holds a duty in the whole house, or on this document. */
export function holds(actor: Actor, kind: DutyKind, documentId?: string): boolean {
	return (
		isSignedIn(actor) &&
		actor.duties.some(
			(duty) =>
				duty.kind === kind &&
				(duty.scopeType === 'house' || (documentId !== undefined && duty.scopeId === documentId))
		)
	);
}

export function isAdmin(actor: Actor): boolean {
	return holds(actor, 'admin');
}

export function isModerator(actor: Actor, documentId?: string): boolean {
	return holds(actor, 'moderator', documentId);
}

export function isInnovationLead(actor: Actor): boolean {
	return holds(actor, 'innovation_lead');
}

/** On the policy team of that document: answers, merges suggestions, freezes versions. */
export function isPolicyTeam(actor: Actor, documentId: string): boolean {
	return holds(actor, 'policy_team', documentId);
}

/** Works for the public side: an employee, or anybody with a duty. Changes what is shown, grants nothing. */
export function isStaff(actor: Actor): boolean {
	return isSignedIn(actor) && (speaksAs(actor, 'employee') || actor.duties.length > 0);
}

/** P9: anybody signed in may speak; whether a first post is held is moderation's to say. */
export function mayComment(actor: Actor): boolean {
	return isSignedIn(actor);
}

/** P9: nobody needs to see a first post first: checked, vouched for by an Org, or trusted with a duty. */
export function speaksUnheld(actor: Actor): boolean {
	return (
		isVerified(actor) ||
		(isSignedIn(actor) &&
			(actor.duties.length > 0 || actor.capacities.some((held) => held.orgId !== null)))
	);
}

/** P10: people, orgs, capacities, duties and settings are the administrator's. */
export function mayManagePeople(actor: Actor): boolean {
	return isAdmin(actor);
}
