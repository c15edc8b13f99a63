import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createDocument } from '#lib/documents/documents.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { bringIn } from '#lib/documents/team.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { sessionCookie } from '#lib/people/cookie.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { beginSession } from '#lib/people/sign-in.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';

export interface Townsperson {
	id: string;
	cookie: string;
}

/** A database with a draft and people who may write in it, each signed in. */
export interface Town {
	folder: string;
	file: string;
	documentId: string;
	slug: string;
	/** Leads the draft: may let people go. */
	lead: Townsperson;
	editors: Townsperson[];
	remove(): Promise<void>;
}

/** Builds a town with so many editors, by the product's own use-cases. */
export async function buildTown(editors: number, folder?: string): Promise<Town> {
	folder ??= await mkdtemp(join(tmpdir(), 'folkmoot-faults-'));
	const file = join(folder, 'folkmoot.sqlite');
	const store = await openStore({ file });
	const house: House = {
		store,
		config: readConfig({}),
		log: pino({ level: 'silent' }),
		bus: new Bus(),
		clock: Date.now
	};
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	const signedIn = async (id: string): Promise<Townsperson> => {
		const begun = await store.transact((tx) => beginSession(tx, house, id, 'faults'));
		return { id, cookie: `${name}=${begun.token}` };
	};

	const duty = { kind: 'policy_team', scopeType: 'house', scopeId: null } as const;
	const { id: leadId } = await createPerson(house, {
		name: 'Lead',
		email: 'lead@faults.example',
		duties: [duty]
	});
	let actor = await actorOf(house, leadId);
	const form = {
		title: 'Shade by 2030',
		summary: '',
		kind: 'policy' as const,
		language: 'en' as const,
		licence: 'CC-BY-4.0' as const
	};
	const document = await createDocument(house, live, actor, form, [
		{ insert: 'Every square has a tree.' },
		{ insert: '\n', attributes: { block: { id: 'b1', type: 'paragraph' } } }
	]);
	actor = await actorOf(house, leadId);
	await moveStage(house, live, actor, document.id, { to: 'co_drafting', reason: '', closes: '' });
	const people: Townsperson[] = [];
	for (let index = 0; index < editors; index += 1) {
		const email = `editor-${index}@faults.example`;
		const { id } = await createPerson(house, { name: `Editor ${index}`, email });
		await bringIn(house, actor, document.id, { email, part: 'co_drafter' });
		people.push(await signedIn(id));
	}
	const lead = await signedIn(leadId);
	await live.close();
	await store.close();
	return {
		folder,
		file,
		documentId: document.id,
		slug: document.slug,
		lead,
		editors: people,
		remove: () => rm(folder, { recursive: true, force: true })
	};
}
