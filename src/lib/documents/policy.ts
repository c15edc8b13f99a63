import type { Part } from '#lib/challenges/parts.ts';
import type { Actor } from '#lib/people/actor.ts';
import { stageFacts, type Stage } from './stages.ts';

/** The part of a document that decides who may do what. */
export interface Governed {
	id: string;
	stage: Stage;
}

/** The parties of that document; others are ignored at the caller's risk. */
export type Parties = ReadonlyArray<{ personId: string | null; part: Part }>;

export type LiveRight = 'none' | 'read' | 'write';

/** Parts that let a person see a private document; being affected by it or following it does not. */
export const INSIDE = new Set<Part>([
	'owner',
	'co_drafter',
	'partner',
	'representative',
	'evaluator'
]);
const WRITERS = new Set<Part>(['owner', 'co_drafter']);

function hasPart(actor: Actor, parties: Parties, parts: ReadonlySet<Part>): boolean {
	const id = actor.person?.id;
	return id !== undefined && parties.some((one) => one.personId === id && parts.has(one.part));
}

function isActive(actor: Actor): boolean {
	return actor.person?.status === 'active';
}

/** The policy team of a document: those with the duty for it, or for the whole house. */
export function onPolicyTeam(actor: Actor, documentId: string): boolean {
	return (
		isActive(actor) &&
		actor.duties.some(
			(duty) =>
				duty.kind === 'policy_team' && (duty.scopeType === 'house' || duty.scopeId === documentId)
		)
	);
}

/** Who starts a text: public employees, any policy team, innovation leads and administrators. */
export function mayCreate(actor: Actor): boolean {
	if (!isActive(actor)) return false;
	return (
		actor.capacities.some((capacity) => capacity.kind === 'employee') ||
		actor.duties.some((duty) => ['policy_team', 'innovation_lead', 'admin'].includes(duty.kind))
	);
}

/**
 * What somebody may do with the living text. Everyone reads what is not private; co-drafters and the
 * policy team write while the stage allows it. Administrators read, they do not write.
 */
export function liveRight(actor: Actor, document: Governed, parties: Parties): LiveRight {
	const team = onPolicyTeam(actor, document.id);
	const writer = isActive(actor) && (team || hasPart(actor, parties, WRITERS));
	if (writer && stageFacts(document.stage).writable) return 'write';
	return mayRead(actor, document, parties) ? 'read' : 'none';
}

/** Whether this person may know that the document exists. */
export function mayRead(actor: Actor, document: Governed, parties: Parties): boolean {
	if (stageFacts(document.stage).public) return true;
	if (!isActive(actor)) return false;
	return (
		onPolicyTeam(actor, document.id) || hasPart(actor, parties, INSIDE) || readsEverything(actor)
	);
}

/** Administrators look after the house and so may see private documents. */
export function readsEverything(actor: Actor): boolean {
	return (
		isActive(actor) &&
		actor.duties.some(
			(duty) => duty.kind === 'admin' || (duty.kind === 'policy_team' && duty.scopeType === 'house')
		)
	);
}

/** Title, summary, stages, versions and people of a document are its policy team's. */
export function mayManage(actor: Actor, document: Governed): boolean {
	return onPolicyTeam(actor, document.id);
}

/** A version may be frozen by the policy team at any stage but after withdrawal. */
export function mayFreeze(actor: Actor, document: Governed): boolean {
	return mayManage(actor, document) && document.stage !== 'withdrawn';
}
