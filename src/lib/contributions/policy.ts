import { takesRemarks, type Stage } from '#lib/documents/stages.ts';
import type { Actor } from '#lib/people/actor.ts';
import { isModerator, isPolicyTeam, isSignedIn, mayComment, speaksAs } from '#lib/people/policy.ts';
import type { Status } from './kinds.ts';

/** What a policy needs of a document; the full row satisfies it. */
export interface DocumentFacts {
	id: string;
	stage: Stage;
	closesAt: number | null;
}

/** What a policy needs of a contribution. */
export interface ContributionFacts {
	personId: string;
	status: Status;
	documentId: string | null;
	parentId: string | null;
}

/** C1: any signed-in, active person who may read the text, while it takes remarks. */
export function mayAnnotate(actor: Actor, document: DocumentFacts, now: number): boolean {
	return mayComment(actor) && takesRemarks(document, now);
}

/** C6: published ones are for everyone; held and hidden ones for their author and the moderators. */
export function maySee(actor: Actor, it: ContributionFacts): boolean {
	if (it.status === 'published' || it.status === 'withdrawn') return true;
	return isAuthor(actor, it) || mayModerate(actor, it);
}

/** C4: the words of a withdrawn contribution are for moderators only. */
export function mayReadBody(actor: Actor, it: ContributionFacts): boolean {
	return it.status === 'withdrawn' ? mayModerate(actor, it) : maySee(actor, it);
}

/** C3: one edits only one's own words, while they stand and the text takes remarks. */
export function mayEdit(
	actor: Actor,
	it: ContributionFacts,
	document: DocumentFacts,
	now: number
): boolean {
	return isAuthor(actor, it) && isStanding(it) && takesRemarks(document, now);
}

/** C4: one may always take one's own words back, whatever the stage. */
export function mayWithdraw(actor: Actor, it: ContributionFacts): boolean {
	return isAuthor(actor, it) && isStanding(it);
}

/** C5: a thread is resolved and reopened by who began it or by the document's policy team. */
export function mayResolve(actor: Actor, it: ContributionFacts, document: DocumentFacts): boolean {
	if (it.parentId !== null || it.status !== 'published') return false;
	return isAuthor(actor, it) || isPolicyTeam(actor, document.id);
}

/** C2: replies go to the head of a thread that others can see. */
export function mayReply(
	actor: Actor,
	it: ContributionFacts,
	document: DocumentFacts,
	now: number
): boolean {
	return it.parentId === null && it.status === 'published' && mayAnnotate(actor, document, now);
}

/** C14: a formal opinion is an employee representative's. */
export function mayGiveOpinion(actor: Actor): boolean {
	return speaksAs(actor, 'representative');
}

/** C15: those who answer, and those who keep order, say that two contributions say the same. */
export function mayMerge(actor: Actor, documentId: string): boolean {
	return isPolicyTeam(actor, documentId) || isModerator(actor, documentId);
}

/** M1: a moderator of the house, or of the document it happened in. */
export function mayModerate(actor: Actor, it: Pick<ContributionFacts, 'documentId'>): boolean {
	return isModerator(actor, it.documentId ?? undefined);
}

/** Whether this person wrote it. */
export function isAuthor(actor: Actor, it: Pick<ContributionFacts, 'personId'>): boolean {
	return isSignedIn(actor) && actor.person.id === it.personId;
}

function isStanding(it: ContributionFacts): boolean {
	return it.status === 'published' || it.status === 'held';
}
