import { eq } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openBody } from '#lib/documents/text/body.ts';
import { memoryStorage } from '#lib/documents/live/client-storage.ts';
import { digest } from '#lib/documents/live/chain.server.ts';
import {
	documentBlocks,
	documentSnapshot,
	documentUpdate
} from '#lib/documents/live/schema.server.ts';
import { allSaved, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

const snapshots = () =>
	here.house.store.db
		.select()
		.from(documentSnapshot)
		.where(eq(documentSnapshot.documentId, DOCUMENT))
		.orderBy(documentSnapshot.seq);

it('D2: an acknowledged update is on disk: its row is there when the acknowledgement is', async () => {
	here = await stage();
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const seen: Promise<number>[] = [];
	const count = async () =>
		(await here.house.store.db.select({ seq: documentUpdate.seq }).from(documentUpdate)).length;
	let expected = 1;
	for (let round = 0; round < 20; round += 1) {
		ada.body.insert(0, 'x');
		expected += 1;
		await allSaved(ada);
		seen.push(count());
		expect(await seen.at(-1)).toBe(expected);
	}
});

it('a room that nobody uses is stored and closed, and opens again as it was', async () => {
	here = await stage({ idleMs: 50 });
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	ada.body.insert(0, 'kept ');
	await allSaved(ada);
	await ada.close();
	await until(() => here.engine.figures().documents === 0, 'the room closes');
	expect((await snapshots()).at(-1)!.seq).toBe(2);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toMatch(/^kept Shade/);
});

it('D14: a damaged snapshot is noticed, the text rebuilt from the log, the snapshot replaced', async () => {
	here = await stage({ idleMs: 50 });
	await here.engine.write(DOCUMENT, 'ada', (body) => body.insert(0, 'whole '));
	const before = (await here.engine.read(DOCUMENT)).body.toString();
	await until(() => here.engine.figures().documents === 0, 'the room closes');
	const [snapshot] = (await snapshots()).slice(-1);
	const damaged = Buffer.from(snapshot!.state);
	damaged[20]! ^= 255;
	await here.house.store.transact(async (tx) => {
		await tx.update(documentSnapshot).set({ state: damaged });
	});
	const alarms: unknown[] = [];
	here.house.log.error = (facts: unknown) => void alarms.push(facts);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(before);
	expect(alarms).toMatchObject([{ alarm: 'snapshot_damaged', documentId: DOCUMENT }]);
	await until(() => here.engine.figures().documents === 0, 'the room closes again');
	expect((await snapshots()).at(-1)!.state.equals(damaged)).toBe(false);
});

it('D14: a text is shown from its stored blocks, and from the log when those are damaged', async () => {
	here = await stage({ idleMs: 50 });
	const { store, log } = here.house;
	const closed = () => until(() => here.engine.figures().documents === 0, 'the room closes');
	await here.engine.write(DOCUMENT, 'ada', (body) => body.insert(0, 'whole '));
	const { blocks, hash } = await here.engine.read(DOCUMENT);
	await closed();
	const stored = await store.db.select().from(documentBlocks);
	expect(stored).toMatchObject([{ documentId: DOCUMENT, hash: Buffer.from(hash, 'hex') }]);
	expect((await here.engine.read(DOCUMENT)).blocks).toEqual(blocks);
	await closed();

	const alarms: unknown[] = [];
	log.error = (facts: unknown) => void alarms.push(facts);
	const damaged = Buffer.from(stored[0]!.bytes);
	damaged[damaged.length >> 1]! ^= 1;
	await store.transact(async (tx) => {
		await tx.update(documentBlocks).set({ bytes: damaged });
	});
	expect((await here.engine.read(DOCUMENT)).blocks).toEqual(blocks);
	expect(alarms).toMatchObject([{ alarm: 'blocks_damaged', documentId: DOCUMENT }]);
	await closed();
	expect(await store.db.select().from(documentBlocks)).toMatchObject([{ bytes: stored[0]!.bytes }]);

	// What was written by an earlier form, or at an earlier row, is not even looked at.
	const foreign = Buffer.from('[{"id":"x"}]');
	const other = { bytes: foreign, checksum: digest(foreign), hash: Buffer.alloc(32) };
	for (const set of [other, { ...other, hash: stored[0]!.hash, form: 0 }]) {
		await store.transact(async (tx) => {
			await tx.update(documentBlocks).set(set);
		});
		expect((await here.engine.read(DOCUMENT)).blocks).toEqual(blocks);
		await closed();
		expect((await store.db.select().from(documentBlocks))[0]!.bytes).toEqual(stored[0]!.bytes);
	}
	expect(alarms).toHaveLength(1);
});

it('a document that was closed is opened, read and written as one that was open', async () => {
	here = await stage({ idleMs: 50 });
	await here.engine.write(DOCUMENT, 'ada', (body) => body.insert(0, 'cold '));
	const text = (await here.engine.read(DOCUMENT)).body.toString();
	await until(() => here.engine.figures().documents === 0, 'the room closes');
	const state = await here.engine.stateOf(DOCUMENT);
	const copy = new Y.Doc();
	Y.applyUpdate(copy, state.bytes);
	expect(openBody(copy).toString()).toBe(text);
	const [ada, bob] = [here.join('ada'), here.join('bob')];
	await until(() => ada.writable && bob.writable, 'both may write');
	expect(ada.body.toString()).toBe(text);
	ada.body.insert(0, 'very ');
	await allSaved(ada);
	await until(() => bob.body.toString() === `very ${text}`, 'bob sees it');
	expect((await here.engine.read(DOCUMENT)).body.toString()).toBe(`very ${text}`);
	const later = here.join('cleo');
	await until(() => later.body.toString() === `very ${text}`, 'whoever comes later sees it too');
});

it('D14: a log with a forged row is not opened, and never written to', async () => {
	here = await stage({ idleMs: 50 });
	await here.engine.write(DOCUMENT, 'ada', (body) => body.insert(0, 'true '));
	await until(() => here.engine.figures().documents === 0, 'the room closes');
	await here.house.store.transact(async (tx) => {
		await tx.delete(documentSnapshot);
		await tx.update(documentUpdate).set({ personId: 'mallory' }).where(eq(documentUpdate.seq, 2));
	});
	await expect(here.engine.read(DOCUMENT)).rejects.toThrow('row 2 does not fit the chain');
	const ada = here.join('ada');
	await ada.ready;
	expect(ada.writable).toBe(false);
	expect(await snapshots()).toEqual([]);
});

it('a snapshot is written after 500 rows while people type', async () => {
	here = await stage();
	const ada = here.join('ada', { gatherMs: 0 });
	await until(() => ada.writable, 'ada may write');
	for (let row = 0; row < 520; row += 1) {
		ada.body.insert(0, 'y');
		await new Promise((next) => setTimeout(next, 1));
	}
	await allSaved(ada);
	let written: Awaited<ReturnType<typeof snapshots>> = [];
	await until(() => {
		void snapshots().then((found) => (written = found));
		return written.length > 0;
	}, 'a snapshot is written');
	const copy = new Y.Doc();
	Y.applyUpdate(copy, written[0]!.state);
	expect(openBody(copy).toString()).toMatch(/^y{400}/);
});

it('one load however many ask at once; NotFound for what is not there', async () => {
	here = await stage({ idleMs: 50 });
	await until(() => here.engine.figures().documents === 0, 'the room closes');
	const all = await Promise.all(Array.from({ length: 20 }, () => here.engine.read(DOCUMENT)));
	expect(new Set(all.map(({ body }) => body)).size).toBe(1);
	await expect(here.engine.read('nowhere')).rejects.toMatchObject({ kind: 'NotFound' });
	await expect(here.engine.create(DOCUMENT, [], 'ada')).rejects.toMatchObject({ kind: 'Conflict' });
});

it('D2: a commit that fails acknowledges nothing, applies nothing, and is tried again', async () => {
	here = await stage();
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const { store } = here.house;
	const transact = store.transact;
	let failures = 0;
	store.transact = () => {
		failures += 1;
		return Promise.reject(new Error('disk full'));
	};
	ada.body.insert(0, 'patience ');
	await until(() => failures >= 2, 'the commit is tried again');
	expect(ada.state).toBe('saving');
	expect((await here.engine.read(DOCUMENT)).body.toString()).toMatch(/^Shade/);
	store.transact = transact;
	await allSaved(ada);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toMatch(/^patience Shade/);
});

it('a disk that stays away makes the engine give up; the client keeps its work and sends it later', async () => {
	here = await stage({ timing: { patience: 100 } });
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const { store } = here.house;
	const transact = store.transact;
	store.transact = () => Promise.reject(new Error('disk full'));
	ada.body.insert(0, 'later ');
	await until(() => ada.state === 'offline', 'ada is sent away');
	expect(ada.unsaved).toBe(1);
	store.transact = transact;
	await allSaved(ada);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toMatch(/^later Shade/);
});

it('D15: a new epoch forgets what was deleted, keeps the authors, and every client starts anew', async () => {
	here = await stage();
	const storage = memoryStorage();
	const ada = here.join('ada', { storage });
	await until(() => ada.writable, 'ada may write');
	ada.body.insert(0, 'a secret word');
	await allSaved(ada);
	ada.body.delete(2, 7);
	ada.body.format(0, 1, { strong: true });
	await allSaved(ada);
	const before = await here.engine.read(DOCUMENT);
	const text = before.body.toString();
	const blocks = structuredClone(before.blocks);

	expect(await here.engine.newEpoch(DOCUMENT)).toBe(2);
	await until(() => ada.state === 'refused', 'ada is told');
	expect(ada.reason).toBe('epoch');
	const after = await here.engine.read(DOCUMENT);
	expect(after.body.toString()).toBe(text);
	expect(after.blocks).toEqual(blocks);
	expect(after.epoch).toBe(2);
	expect(await here.engine.authorsOf(DOCUMENT, 0, 1)).toMatchObject([{ personId: 'ada' }]);
	const { bytes } = await here.engine.stateOf(DOCUMENT);
	expect(bytes.includes('secret')).toBe(false);
	const rows = await here.house.store.db.select().from(documentUpdate);
	expect(rows.some(({ update }) => update.includes('secret'))).toBe(false);

	const again = here.join('ada', { storage });
	await until(() => again.writable && again.state === 'saved', 'ada is back');
	again.body.insert(0, 'New: ');
	await allSaved(again);
});
