import { pino } from 'pino';
import { createDocument } from '#lib/documents/documents.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { bringIn } from '#lib/documents/team.server.ts';
import type { Delta } from '#lib/documents/text/blocks.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { sessionCookie } from '#lib/people/cookie.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { beginSession } from '#lib/people/sign-in.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore, type StoreOptions } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';

/** Somebody with a session, whose cookie opens it. */
export interface SignedIn {
	id: string;
	cookie: string;
}

/**
 * Fills an empty database with a document in co-drafting and people who may write in it, by the
 * product's own use-cases, for a production server that is then started on it. `citizens` may say and
 * suggest, like everybody with an account.
 */
export async function fillDraftHouse(
	database: StoreOptions,
	editors: number,
	text: Delta,
	citizens = 0
) {
	const store = await openStore(database);
	const log = pino({ level: 'silent' });
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const lead = await createPerson(house, {
		name: 'Lead',
		email: 'lead@folkmoot.test',
		duties: [{ kind: 'policy_team', scopeType: 'house', scopeId: null }]
	});
	const form = { title: 'Shade', summary: '', kind: 'policy', language: 'en' } as const;
	const founder = await actorOf(house, lead.id);
	const { id, slug } = await createDocument(
		house,
		live,
		founder,
		{ ...form, licence: 'CC-BY-4.0' },
		text
	);
	const actor = await actorOf(house, lead.id);
	await moveStage(house, live, actor, id, { to: 'co_drafting', reason: '', closes: '' });

	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	const signIn = async (personId: string): Promise<SignedIn> => {
		const { token } = await store.transact((tx) => beginSession(tx, house, personId, 'test'));
		return { id: personId, cookie: `${name}=${token}` };
	};
	const people: SignedIn[] = [];
	for (let index = 0; index < editors; index += 1) {
		const email = `editor-${index}@folkmoot.test`;
		const person = await createPerson(house, { name: `Editor ${index}`, email });
		await bringIn(house, actor, id, { email, part: 'co_drafter' });
		people.push(await signIn(person.id));
	}
	const others: SignedIn[] = [];
	for (let index = 0; index < citizens; index += 1) {
		const email = `citizen-${index}@folkmoot.test`;
		const person = await createPerson(house, { name: `Citizen ${index}`, email });
		others.push(await signIn(person.id));
	}
	const team = await signIn(lead.id);
	await live.close();
	await store.close();
	return { documentId: id, slug, founder: lead.id, team, people, citizens: others };
}
