import { addParty, removeParty, type PartyOf } from '#lib/challenges/parties.server.ts';
import { Conflict, Invalid } from '#lib/errors.ts';
import type { Actor, Person } from '#lib/people/actor.ts';
import { addDuty, removeDuty } from '#lib/people/duties.server.ts';
import { holdersOn, personByEmail } from '#lib/people/holders.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { eq } from 'drizzle-orm';
import { findManaged, teamDuty, type Found } from './documents.server.ts';
import type { Invite, Removal } from './inputs.ts';
import { document } from './schema.server.ts';

/** Somebody who works on a document, as its pages name them. */
export interface Member {
	id: string;
	name: string;
}

const coDrafter = (documentId: string, personId: string): PartyOf => ({
	targetType: 'document',
	targetId: documentId,
	part: 'co_drafter',
	personId
});

/**
 * Brings somebody in by the address of their account, as co-drafter or into the policy team.
 * Invalid `person_unknown` where nobody has that address.
 */
export async function bringIn(
	house: House,
	actor: Actor,
	documentId: string,
	input: Invite
): Promise<void> {
	await findManaged(house, actor, documentId);
	const person = await personByEmail(house.store.db, input.email);
	if (!person) throw new Invalid('person_unknown', { field: 'email' });
	const given = { by: actor.person!.id, at: house.clock() };
	await house.store.transact(async (tx) => {
		if (input.part === 'policy_team') {
			await addDuty(tx, { personId: person.id, duty: teamDuty(documentId), ...given });
		} else if (await addParty(tx, coDrafter(documentId, person.id), given)) {
			await record(tx, 'party.added', documentId, person.id, given);
		}
	});
	announceRight(house, documentId, person.id);
}

/**
 * Lets somebody go; their live connection loses its right within a second. Conflict `last_of_team`
 * for the last of the policy team, since a document nobody leads could never be answered.
 */
export async function letGo(
	house: House,
	actor: Actor,
	documentId: string,
	{ person, part }: Removal
): Promise<void> {
	await findManaged(house, actor, documentId);
	const taken = { by: actor.person!.id, at: house.clock() };
	await house.store.transact(async (tx) => {
		// Holding the row makes two members who remove each other wait for one another.
		await tx.update(document).set({ changedAt: taken.at }).where(eq(document.id, documentId));
		if (part === 'policy_team') {
			const team = await holdersOn(tx, 'policy_team', documentId);
			if (team.every((one) => one.id === person)) throw new Conflict('last_of_team');
			await removeDuty(tx, { personId: person, duty: teamDuty(documentId), ...taken });
		} else if (await removeParty(tx, coDrafter(documentId, person))) {
			await record(tx, 'party.removed', documentId, person, taken);
		}
	});
	announceRight(house, documentId, person);
}

function record(
	tx: Db,
	verb: string,
	documentId: string,
	personId: string,
	{ by, at }: { by: string; at: number }
): Promise<string> {
	return appendEvent(tx, {
		at,
		personId: by,
		verb,
		targetType: 'document',
		targetId: documentId,
		documentId,
		detail: { part: 'co_drafter', person: personId }
	});
}

function announceRight(house: House, documentId: string, personId: string): void {
	house.bus.announce('rights', { personId, documentId });
	house.bus.announce('document', { documentId });
}

/** Who leads a document and who may write in it. */
export async function teamOf(
	house: House,
	{ document: of, parties }: Found
): Promise<{ policyTeam: Member[]; coDrafters: Member[]; owners: Member[] }> {
	const { db } = house.store;
	const policyTeam = await holdersOn(db, 'policy_team', of.id);
	const names = await namesOf(
		db,
		parties.flatMap((party) => party.personId ?? [])
	);
	const withPart = (part: string): Member[] =>
		parties
			.filter((party) => party.part === part && party.personId !== null)
			.map((party) => ({ id: party.personId!, name: names.get(party.personId!) ?? '' }));
	return {
		policyTeam: policyTeam.map(({ id, name }: Person) => ({ id, name })),
		coDrafters: withPart('co_drafter'),
		owners: withPart('owner')
	};
}
