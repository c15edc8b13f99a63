import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { authorsOf } from '#lib/documents/live/authors.server.ts';
import { loadDocument } from '#lib/documents/live/load.server.ts';
import { typedText } from '#lib/documents/live/typed.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { killNow, newSite, populate, startServer, type Site } from './production.ts';
import { allSaved, clientOptions, converged, until } from './support.ts';

const KILLS = 10;
const EDITORS = 20;
let site: Site;
let documentId = '';
let founder = '';
let people: { id: string; cookie: string }[] = [];
let running: ChildProcess | undefined;

beforeAll(async () => {
	site = await newSite();
	({ documentId, founder, people } = await populate(site, EDITORS));
}, 120_000);
afterAll(async () => {
	running?.kill('SIGKILL');
	await site.remove();
});

async function start(port: number): Promise<number> {
	const started = await startServer(site, port);
	running = started.child;
	return started.port;
}

/** Each editor types a letter of their own, and knows how many of them were acknowledged. */
interface Editor {
	document: LiveDocument;
	name: string;
	letter: string;
	typed: number;
	acknowledged(): number;
}

function editor(url: string, index: number): Editor {
	const inner = memoryStorage();
	const letters = new Map<number, number>();
	let acknowledged = 0;
	const storage: LiveStorage = {
		...inner,
		async append(row) {
			const n = await inner.append(row);
			letters.set(n, typedText([row.update]).length);
			return n;
		},
		async forget(numbers) {
			for (const n of numbers) acknowledged += letters.get(n) ?? 0;
			await inner.forget(numbers);
		}
	};
	const { id: name, cookie } = people[index]!;
	const io = { ...clientOptions(''), extraHeaders: { origin: url, cookie } };
	const document = openLiveDocument({ url, documentId, storage, io, gatherMs: 4 });
	const letter = String.fromCharCode(0x4e00 + index);
	return { document, name, letter, typed: 0, acknowledged: () => acknowledged };
}

/** The committed text and who wrote it, read from the database as the dead server left it. */
async function remains() {
	const store = await openStore(site.database);
	try {
		const { text: committed, head } = await loadDocument(
			{ store, log: console } as unknown as House,
			documentId
		);
		const { body } = committed;
		const text = body.toString();
		const where = { documentId, epoch: head.epoch, body };
		return { text, authors: await authorsOf(store.db, where, 0, text.length) };
	} finally {
		await store.close();
	}
}

const count = (text: string, letter: string) => text.split(letter).length - 1;

it(`D1: ${KILLS} times kill -9 while ${EDITORS} people type: nothing acknowledged is lost`, async () => {
	const port = await start(0);
	const url = `http://127.0.0.1:${port}`;
	const editors = Array.from({ length: EDITORS }, (_, index) => editor(url, index));
	const documents = editors.map(({ document }) => document);
	await until(() => documents.every(({ writable }) => writable), 'all may write', 30_000);
	let round = 0;
	const typing = setInterval(() => {
		round += 1;
		for (const one of editors) {
			const { body } = one.document;
			body.insert((round * 31 + one.letter.charCodeAt(0)) % body.length, one.letter);
			one.typed += 1;
		}
	}, 60);
	try {
		for (let kill = 0; kill < KILLS; kill += 1) {
			const goal = editors[0]!.typed + 8 + kill;
			await until(
				() => editors.every((one) => one.acknowledged() >= goal - 6),
				'they are acknowledged',
				30_000
			);
			const acknowledged = editors.map((one) => one.acknowledged());
			await killNow(running!);
			const { text } = await remains();
			editors.forEach(({ letter, name }, index) => {
				const lost = acknowledged[index]! - count(text, letter);
				expect(lost, `${name} lost after kill ${kill}`).toBeLessThanOrEqual(0);
			});
			await start(port);
			await until(
				() => documents.every(({ state }) => state !== 'offline'),
				'all are back',
				30_000
			);
		}
	} finally {
		clearInterval(typing);
	}
	await allSaved(...documents);
	const text = await converged(...documents);
	for (const { letter, typed } of editors) expect(count(text, letter)).toBe(typed);
	await killNow(running!);
	await Promise.all(documents.map((document) => document.close()));

	const left = await remains();
	expect(left.text).toBe(text);
	for (const { from, to, personId } of left.authors) {
		const typist = editors.find(({ letter }) => text.slice(from, to).includes(letter));
		if (typist) expect(personId).toBe(typist.name);
		else expect(personId).toBe(founder);
		if (typist) expect(text.slice(from, to)).toBe(typist.letter.repeat(to - from));
	}
}, 600_000);
