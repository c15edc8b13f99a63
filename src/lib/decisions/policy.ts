import type { ContributionFacts, DocumentFacts } from '#lib/contributions/policy.ts';
import { onPolicyTeam } from '#lib/documents/policy.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import type { Actor } from '#lib/people/actor.ts';

type Facts = Pick<DocumentFacts, 'id' | 'stage'>;

/** A1: the document's policy team, at any stage: an answer may always be given. */
export function mayAnswer(actor: Actor, document: Facts): boolean {
	return onPolicyTeam(actor, document.id);
}

/** A5: the same people, while the living text may still change. */
export function mayAccept(actor: Actor, document: Facts): boolean {
	return mayAnswer(actor, document) && stageFacts(document.stage).writable;
}

/** A9: once a text is closed its answers stand. */
export function mayUndo(actor: Actor, document: Facts): boolean {
	return mayAccept(actor, document);
}

/** A1: what can be answered at all: a published head of a thread. */
export function isAnswerable(it: Pick<ContributionFacts, 'status' | 'parentId'>): boolean {
	return it.status === 'published' && it.parentId === null;
}
