/** Makes the house that the pages are measured on: a long draft and a long conversation about it. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { annotate } from '../../src/lib/contributions/annotate.server.ts';
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
import { draft, sentence } from './pages-words.ts';

const PEOPLE = 40;
/** Between two remarks, so that nobody speaks faster than the house lets them. */
const BETWEEN_MS = 15_000;

/** Where the pages are, and who reads them. */
export interface PagesHouse {
	file: string;
	slug: string;
	/** The `Cookie` header of somebody who is signed in. */
	cookie: string;
}

/** A database with one public draft of so many words and so many annotations by forty people. */
export async function pagesHouse(words: number, annotations: number): Promise<PagesHouse> {
	const file = join(await mkdtemp(join(tmpdir(), 'folkmoot-pages-')), 'pages.sqlite');
	const store = await openStore({ file });
	const log = pino({ level: 'silent' });
	let now = Date.now() - (annotations + 100) * BETWEEN_MS;
	const clock = () => now;
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock };
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
	const about = { kind: 'policy', language: 'en', licence: 'CC-BY-4.0' } as const;
	const document = await createDocument(
		house,
		live,
		await actorOf(house, lead.id),
		{ title: 'A long draft', summary: 'Ten thousand words.', ...about },
		draft(words)
	);
	const actor = await actorOf(house, lead.id);
	await moveStage(house, live, actor, document.id, { to: 'co_drafting', reason: '', closes: '' });

	const people = [];
	for (let index = 0; index < PEOPLE; index += 1) {
		const email = `reader-${index}@bench.example`;
		const { id } = await createPerson(house, { name: `Reader ${index}`, email });
		people.push(await actorOf(house, id));
	}
	const { blocks, seq } = await live.read(document.id);
	const clauses = blocks.filter(({ attrs }) => attrs.type === 'clause');
	for (let index = 0; index < annotations; index += 1) {
		now += BETWEEN_MS;
		const clause = clauses[Math.floor((index * clauses.length) / annotations)]!;
		const quote = someWords(clause.spans, index);
		const from = clause.from + quote.at;
		const seen = { from, to: from + quote.words.length, quote: quote.words, seq };
		const saying = { body: sentence(index, 25), key: `bench-key-${index}` };
		await annotate(house, live, people[index % PEOPLE]!, document.id, { ...seen, ...saying });
	}
	// Sessions are of now.
	now = Date.now();
	const begun = await store.transact((tx) => beginSession(tx, house, lead.id, 'bench'));
	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	await live.close();
	await store.close();
	return { file, slug: document.slug, cookie: `${name}=${begun.token}` };
}

/** Four words of a clause, others for each index. */
function someWords(spans: Array<{ text?: string } | object>, index: number) {
	const [first] = spans;
	const text = first && 'text' in first ? String(first.text) : '';
	const words = text.split(' ');
	const start = (index * 3) % Math.max(1, words.length - 4);
	const at = words.slice(0, start).join(' ').length + (start > 0 ? 1 : 0);
	return { at, words: words.slice(start, start + 4).join(' ') };
}
