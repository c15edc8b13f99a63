/**
 * How long a 50,000-word text with 10,000 scattered updates takes to open from the disk: ours until
 * somebody has its first state or a page can be drawn, beside the plain way of the peers, which builds
 * the Y.Doc first. All read the same database, in turns. Run with `npm run bench -- cold-open`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { io } from 'socket.io-client';
import { appendRows, moveHead } from '../../src/lib/documents/live/append.server.ts';
import { documentSnapshot, documentUpdate } from '../../src/lib/documents/live/schema.server.ts';
import { typedRows } from '../../src/lib/documents/live/history.testing.ts';
import { createLiveEngine, type LiveEngine } from '../../src/lib/documents/live/engine.server.ts';
import * as parser from '../../src/lib/documents/live/parser.ts';
import { openPlainly } from '../../src/lib/documents/live/plain.testing.ts';
import { PROTOCOL } from '../../src/lib/documents/messages.ts';
import type { Delta } from '../../src/lib/documents/text/blocks.ts';
import { actorOf } from '../../src/lib/people/session.server.ts';
import { createPerson } from '../../src/lib/people/registration.server.ts';
import { Bus } from '../../src/lib/server/bus.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/store.ts';
import type { House } from '../../src/lib/server/house.ts';

const WORDS = 50_000;
const EDITS = 10_000;
const RUNS = 9;
const DOCUMENT = 'cold';
const ORIGIN = 'http://127.0.0.1';

const folder = await mkdtemp(join(tmpdir(), 'folkmoot-cold-'));
const store = await openStore({ file: join(folder, 'cold.sqlite') });
const log = pino({ level: 'silent' });
const config = readConfig({ ORIGIN });
const house: House = { store, config, log, bus: new Bus(), clock: Date.now };
const ada = await createPerson(house, { name: 'Ada', email: 'ada@bench.example' });
const writer = await actorOf(house, ada.id);

await write();
// Closing an engine leaves a snapshot and the blocks behind, so only this one reads the log.
const log0 = await timedOurs((live) => live.read(DOCUMENT));

/** What is measured: from an engine (or a process) that has never seen the document. */
const ways: Record<string, () => Promise<number>> = {
	'ours: first state over HTTP (`state`)': () => timedOurs((live) => live.stateOf(DOCUMENT)),
	'ours: first state over a socket (`open` to write, with a lease)': opensBySocket,
	'ours: blocks, from which the page is drawn': () => timedOurs((live) => live.read(DOCUMENT)),
	'ours: Y.Doc built, in turns': () =>
		timedOurs(async (live) => (await live.authorsOf(DOCUMENT, 0, 0), undefined)),
	'plain: Y.Doc from one merged state': () => timed(() => plainly(false, false)),
	'plain: one merged state, and the first answer encoded': () => timed(() => plainly(false, true)),
	'plain: Y.Doc from 10,000 rows': () => timed(() => plainly(true, false)),
	'plain: 10,000 rows, and the first answer encoded': () => timed(() => plainly(true, true))
};

const found = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let run = 0; run < RUNS; run += 1) {
	const names = Object.keys(ways).sort(() => Math.random() - 0.5);
	for (const name of names) found.get(name)!.push(await ways[name]!());
}
const hold = await longestHold();
await store.close();
await rm(folder, { recursive: true, force: true });

const rows = [...found].map(([name, times]) => ({ name, ...summary(times) }));
if (process.argv.includes('--json')) {
	console.log(JSON.stringify({ words: WORDS, edits: EDITS, rows, fromLogMs: log0, hold }));
} else {
	console.log(`| cold open, ${WORDS} words, ${EDITS} updates | median ms | fastest | slowest |`);
	console.log('| --- | --: | --: | --: |');
	for (const { name, median, low, high } of rows) {
		console.log(`| ${name} | ${median} | ${low} | ${high} |`);
	}
	console.log(`| ours: blocks, when all snapshots are lost (once) | ${log0.toFixed(1)} | | |`);
	console.log(
		`| ours: longest hold of the event loop in an \`open\` and the building | ${hold} | | |`
	);
}

function engine(): LiveEngine {
	return createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => writer
	});
}

async function write(): Promise<void> {
	const live = engine();
	const line = 'shaded places near schools and clinics stay open '.repeat(10);
	const text: Delta = Array.from({ length: WORDS / 80 }, (_, i) => [
		{ insert: line },
		{ insert: '\n', attributes: { block: { id: `b${i}`, type: 'paragraph' } } }
	]).flat();
	await live.create(DOCUMENT, text, ada.id);
	const { hash, seq, epoch } = await live.read(DOCUMENT);
	const { bytes } = await live.stateOf(DOCUMENT);
	await live.close();
	await store.transact(async (tx) => {
		const last = { hash: Buffer.from(hash, 'hex'), seq, epoch };
		const typed = typedRows(DOCUMENT, EDITS, ada.id, bytes, last);
		for (let at = 0; at < typed.length; at += 200) {
			const some = typed.slice(at, at + 200);
			await moveHead(tx, some);
			await appendRows(tx, some);
		}
		await tx.delete(documentSnapshot);
	});
}

async function timed(act: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await act();
	return performance.now() - began;
}

async function timedOurs(act: (live: LiveEngine) => Promise<unknown>): Promise<number> {
	const live = engine();
	const took = await timed(() => act(live));
	await live.close();
	return took;
}

/** As the peers do it: everything from the disk into a Y.Doc, the answer out of it. */
async function plainly(fromRows: boolean, answer: boolean): Promise<void> {
	const updates = fromRows
		? await store.db
				.select({ update: documentUpdate.update })
				.from(documentUpdate)
				.where(eq(documentUpdate.documentId, DOCUMENT))
				.orderBy(documentUpdate.seq)
		: await store.db
				.select({ update: documentSnapshot.state })
				.from(documentSnapshot)
				.where(eq(documentSnapshot.documentId, DOCUMENT));
	openPlainly(
		updates.map(({ update }) => update),
		answer
	);
}

/** Runs `act` with a client that is connected, but has opened nothing yet. */
async function withSocket(act: (open: () => Promise<number>) => Promise<number>): Promise<number> {
	const live = engine();
	const server = createServer();
	live.attach(server);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const socket = io(url, {
		path: '/live',
		transports: ['websocket'],
		parser,
		auth: { protocol: PROTOCOL },
		extraHeaders: { origin: ORIGIN }
	});
	await new Promise((done, failed) =>
		socket.on('connect', done as () => void).on('connect_error', failed)
	);
	const took = await act(() => {
		const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 1 };
		return timed(async () => {
			const [refused, opened] = await new Promise<unknown[]>((answered) =>
				socket.emit('open', wish, new Uint8Array([0]), (...answer: unknown[]) => answered(answer))
			);
			if (refused || !opened) throw new Error(`not opened: ${JSON.stringify(refused)}`);
		});
	});
	socket.disconnect();
	await live.close();
	await new Promise((done) => server.close(done));
	return took;
}

function opensBySocket(): Promise<number> {
	return withSocket((open) => open());
}

/** The longest time nobody else got a turn, from an `open` to write until the Y.Doc is there; ms. */
async function longestHold(): Promise<number> {
	const holds: number[] = [];
	for (let run = 0; run < RUNS; run += 1) {
		await withSocket(async (open) => {
			const delay = monitorEventLoopDelay({ resolution: 1 });
			delay.enable();
			await open();
			await new Promise((later) => setTimeout(later, 300));
			delay.disable();
			holds.push(delay.max / 1e6 - 1);
			return 0;
		});
	}
	return Number(summary(holds).median);
}

function summary(times: number[]) {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))]!.toFixed(1);
	return { median: at(0.5), low: at(0), high: at(1) };
}
