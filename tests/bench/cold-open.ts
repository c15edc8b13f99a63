/**
 * How long a 50,000-word text with 10,000 updates takes to open from the disk: in the engine from its
 * snapshot, from the log alone, and until the reading page's first byte. Run with
 * `npm run bench -- cold-open`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { appendRows, moveHead } from '../../src/lib/documents/live/append.server.ts';
import { documentSnapshot } from '../../src/lib/documents/live/schema.server.ts';
import { typedRows } from '../../src/lib/documents/live/history.testing.ts';
import { createLiveEngine, type LiveEngine } from '../../src/lib/documents/live/engine.server.ts';
import type { Delta } from '../../src/lib/documents/text/blocks.ts';
import { VISITOR } from '../../src/lib/people/actor.ts';
import { createPerson } from '../../src/lib/people/registration.server.ts';
import { Bus } from '../../src/lib/server/bus.ts';
import { readConfig } from '../../src/lib/server/config.ts';
import { openStore } from '../../src/lib/server/db/store.ts';
import type { House } from '../../src/lib/server/house.ts';

const WORDS = 50_000;
const EDITS = 10_000;
const RUNS = 7;
const DOCUMENT = 'cold';

const folder = await mkdtemp(join(tmpdir(), 'folkmoot-cold-'));
const store = await openStore({ file: join(folder, 'cold.sqlite') });
const log = pino({ level: 'silent' });
const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };

await write();
// Closing an engine leaves a snapshot behind, so only the first one reads the log.
const fromLog = await opens(1);
const fromSnapshot = await opens(RUNS);
await store.close();
await rm(folder, { recursive: true, force: true });

const facts = { words: WORDS, edits: EDITS, fromSnapshotMs: fromSnapshot, fromLogMs: fromLog };
if (process.argv.includes('--json')) console.log(JSON.stringify(facts));
else {
	console.log(`| cold open, ${WORDS} words, ${EDITS} updates | ms |`);
	console.log('| --- | --: |');
	console.log(
		`| from the snapshot, to the readable blocks (median of ${RUNS}) | ${fromSnapshot} |`
	);
	console.log(`| from the log alone | ${fromLog} |`);
}

function engine(): LiveEngine {
	return createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
}

async function write(): Promise<void> {
	const live = engine();
	const person = await createPerson(house, { name: 'Ada', email: 'ada@bench.example' });
	const line = 'shaded places near schools and clinics stay open '.repeat(10);
	const text: Delta = Array.from({ length: WORDS / 80 }, (_, i) => [
		{ insert: line },
		{ insert: '\n', attributes: { block: { id: `b${i}`, type: 'paragraph' } } }
	]).flat();
	await live.create(DOCUMENT, text, person.id);
	const { hash, seq, epoch } = await live.read(DOCUMENT);
	const { bytes } = await live.stateOf(DOCUMENT);
	await live.close();
	await store.transact(async (tx) => {
		const rows = typedRows(DOCUMENT, EDITS, person.id, bytes, {
			hash: Buffer.from(hash, 'hex'),
			seq,
			epoch
		});
		for (let at = 0; at < rows.length; at += 200) {
			const some = rows.slice(at, at + 200);
			await moveHead(tx, some);
			await appendRows(tx, some);
		}
		await tx.delete(documentSnapshot);
	});
}

/** Median time until the text can be read, each time with an engine that has never seen it. */
async function opens(runs: number): Promise<number> {
	const times: number[] = [];
	for (let run = 0; run < runs; run += 1) {
		const live = engine();
		const began = performance.now();
		await live.read(DOCUMENT);
		times.push(performance.now() - began);
		await live.close();
	}
	times.sort((a, b) => a - b);
	return Number(times[Math.floor(times.length / 2)]!.toFixed(1));
}
