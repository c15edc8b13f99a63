import { takesRemarks, type Stage } from '#lib/documents/stages.ts';
import type { BlockType } from '#lib/documents/text/blocks.ts';
import type { Actor } from '#lib/people/actor.ts';
import { isModerator, isPolicyTeam, isSignedIn } from '#lib/people/policy.ts';

/** What a policy needs of a document. */
interface DocumentFacts {
	id: string;
	stage: Stage;
	closesAt: number | null;
}

/** B1: any signed-in, active person, while the text takes remarks. */
export function maySupport(actor: Actor, document: DocumentFacts, now: number): boolean {
	return isSignedIn(actor) && takesRemarks(document, now);
}

const RATEABLE = new Set<BlockType>(['clause', 'paragraph', 'item', 'quote']);

/** B2: passages that say something; headings, tables, code and notes are not agreed with one by one. */
export function isRateable(block: {
	attrs: { type: BlockType };
	spans: readonly unknown[];
}): boolean {
	return RATEABLE.has(block.attrs.type) && block.spans.length > 0;
}

/** B6: conditions that wait or were hidden are read by who has to answer and by who moderates. */
export function mayReadAllConditions(actor: Actor, documentId: string): boolean {
	return isPolicyTeam(actor, documentId) || mayModerateConditions(actor, documentId);
}

export function mayModerateConditions(actor: Actor, documentId: string): boolean {
	return isModerator(actor, documentId);
}
