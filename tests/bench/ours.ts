/** Makes the database that our server is measured on: people who may write, and a document of a few words. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { bringIn } from '../../src/lib/documents/team.server.ts';
import { createDocument } from '../../src/lib/documents/documents.server.ts';
import { createLiveEngine } from '../../src/lib/documents/live/engine.server.ts';
import { moveStage } from '../../src/lib/documents/moves.server.ts';
import { VISITOR } from '../../src/lib/people/actor.ts';
import { sessionCookie } from '../../src/lib/people/cookie.ts';
import { createPerson } from '../../src/lib/people/registration.server.ts';
import { actorOf } from '../../src/lib/people/session.server.ts';
import { beginSession } from '../../src/lib/people/sign-in.server.ts';
import { Bus } from '../../src/lib/server/bus.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/store.ts';
import type { House } from '../../src/lib/server/house.ts';
import type { Handover } from './load/ours.ts';
import type { Contender } from './measure.ts';

export const prepareOurs: NonNullable<Contender['prepare']> = async ({ editors }) => {
	const file = join(await mkdtemp(join(tmpdir(), 'folkmoot-bench-')), 'bench.sqlite');
	const store = await openStore({ file });
	const log = pino({ level: 'silent' });
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const lead = await createPerson(house, {
		name: 'Lead',
		email: 'lead@bench.example',
		duties: [{ kind: 'policy_team', scopeType: 'house', scopeId: null }]
	});
	let actor = await actorOf(house, lead.id);
	const document = await createDocument(
		house,
		live,
		actor,
		{ title: 'Bench', summary: '', kind: 'policy', language: 'en', licence: 'CC-BY-4.0' },
		[
			{ insert: 'The quick brown fox.' },
			{ insert: '\n', attributes: { block: { id: 'b1', type: 'paragraph' } } }
		]
	);
	actor = await actorOf(house, lead.id);
	await moveStage(house, live, actor, document.id, { to: 'co_drafting', reason: '', closes: '' });

	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	const cookies: string[] = [];
	for (let index = 0; index < editors; index += 1) {
		const email = `editor-${index}@bench.example`;
		const person = await createPerson(house, { name: `Editor ${index}`, email });
		await bringIn(house, actor, document.id, { email, part: 'co_drafter' });
		const begun = await store.transact((tx) => beginSession(tx, house, person.id, 'bench'));
		cookies.push(`${name}=${begun.token}`);
	}
	await live.close();
	await store.close();
	const handover: Handover = { document: document.id, cookies };
	return { env: { DATABASE_FILE: file, PORT: '0', LOG_LEVEL: 'info' }, handover };
};
