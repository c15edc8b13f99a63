import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inviteToBranch, joinBranch } from '#lib/contributions/branch-group.server.ts';
import { beginBranch } from '#lib/contributions/branches.server.ts';
import { readHead, readRows } from '#lib/documents/live/log.server.ts';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { typedText } from '#lib/documents/live/typed.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { pino } from 'pino';
import { killNow, newSite, populate, startServer, type Site } from './production.ts';
import { allSaved, clientOptions, converged, until } from './support.ts';

const KILLS = 5;
let site: Site;
let documentId = '';
let branchId = '';
let people: { id: string; cookie: string }[] = [];
let running: ChildProcess | undefined;

beforeAll(async () => {
	site = await newSite();
	({ documentId, people } = await populate(site, 2));
	branchId = await withHouse(async (house) => {
		const live = createLiveEngine({
			house,
			rightsOf: async () => 'write',
			actorOfCookie: async () => VISITOR
		});
		const [first, second] = await Promise.all(people.map(({ id }) => actorOf(house, id)));
		const { id } = await beginBranch(house, live, first!, documentId);
		await inviteToBranch(house, first!, id, { email: 'editor-1@folkmoot.test' });
		await joinBranch(house, second!, id);
		await live.close();
		return id;
	});
}, 120_000);
afterAll(async () => {
	running?.kill('SIGKILL');
	await site.remove();
});

/** The database of the site, as a house that serves nobody. */
async function withHouse<Result>(work: (house: House) => Promise<Result>): Promise<Result> {
	const store = await openStore(site.database);
	const log = pino({ level: 'silent' });
	try {
		return await work({
			store,
			config: readConfig({}),
			log,
			bus: new Bus(),
			clock: Date.now
		});
	} finally {
		await store.close();
	}
}

async function start(port: number): Promise<number> {
	const started = await startServer(site, port);
	running = started.child;
	return started.port;
}

/** Types a letter of their own, and knows how many of them were acknowledged. */
function writer(url: string, index: number) {
	const inner = memoryStorage();
	const letters = new Map<number, number>();
	const own = { letter: 'åß'[index]!, typed: 0, acknowledged: 0 };
	const storage: LiveStorage = {
		...inner,
		async append(row) {
			const n = await inner.append(row);
			letters.set(n, typedText([row.update]).length);
			return n;
		},
		async forget(numbers) {
			for (const n of numbers) own.acknowledged += letters.get(n) ?? 0;
			await inner.forget(numbers);
		}
	};
	const io = { ...clientOptions(''), extraHeaders: { origin: url, cookie: people[index]!.cookie } };
	const live = openLiveDocument({ url, documentId: branchId, storage, io, gatherMs: 4 });
	return Object.assign(own, { live });
}

const count = (text: string, letter: string) => text.split(letter).length - 1;
const rowsOf = () =>
	withHouse(async ({ store: { db } }) =>
		readRows(db, branchId, (await readHead(db, branchId))!.epoch, 0)
	);

it(`L2: ${KILLS} times kill -9 while two write on a branch: nothing acknowledged is lost`, async () => {
	const port = await start(0);
	const writers = [0, 1].map((index) => writer(`http://127.0.0.1:${port}`, index));
	const texts: LiveDocument[] = writers.map(({ live }) => live);
	await until(() => texts.every(({ writable }) => writable), 'both may write', 30_000);
	const typing = setInterval(() => {
		for (const one of writers) {
			one.live.body.insert(one.typed % one.live.body.length, one.letter);
			one.typed += 1;
		}
	}, 20);
	try {
		for (let kill = 0; kill < KILLS; kill += 1) {
			const goal = writers.map((one) => one.acknowledged + 10);
			const all = () => writers.every((one, at) => one.acknowledged >= goal[at]!);
			await until(all, 'they are acknowledged', 60_000);
			const acknowledged = writers.map((one) => one.acknowledged);
			await killNow(running!);
			const log = await rowsOf();
			expect(brokenAt(log)).toBeNull();
			for (const [at, { letter }] of writers.entries()) {
				const own = log.filter(({ personId }) => personId === people[at]!.id);
				const onDisk = count(typedText(own.map(({ update }) => update)), letter);
				expect(onDisk).toBeGreaterThanOrEqual(acknowledged[at]!);
			}
			await start(port);
		}
	} finally {
		clearInterval(typing);
	}
	await allSaved(...texts);
	const text = await converged(...texts);
	for (const { letter, typed } of writers) expect(count(text, letter)).toBe(typed);
	await Promise.all(texts.map((live) => live.close()));
	await killNow(running!);
	const heads = await withHouse(({ store: { db } }) => readHead(db, documentId));
	expect(heads!.seq).toBeLessThan(5);
}, 600_000);
