import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FromServer } from '#lib/documents/messages.ts';
import { watchDocument } from '#lib/documents/live/watch.ts';
import { allSaved, clientOptions, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

it('a reader follows the text live, without an account, and cannot write', async () => {
	const ada = here.join('ada');
	const reader = here.join('', { mode: 'read' });
	await until(() => ada.writable && reader.state === 'readonly', 'both are here');
	expect(reader.writable).toBe(false);
	for (let round = 0; round < 30; round += 1) {
		ada.body.insert(0, `${round} `);
		await new Promise((next) => setImmediate(next));
	}
	await allSaved(ada);
	await until(() => reader.body.toString() === ada.body.toString(), 'the reader has it all');
	expect(here.engine.presence(DOCUMENT)).toMatchObject({
		reading: 1,
		writing: [{ personId: 'ada' }]
	});
});

it('a page is told that the text moved on, and nothing more', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const told: number[] = [];
	const watching = { url: here.url, io: clientOptions('') };
	const stop = watchDocument(DOCUMENT, (row) => row && told.push(row.seq), watching);
	await until(() => here.engine.presence(DOCUMENT).reading === 1, 'the page is there');
	ada.body.insert(0, 'news ');
	await allSaved(ada);
	await until(() => told.length === 1, 'the page is told');
	expect(told).toEqual([2]);
	stop();
	await until(() => here.engine.presence(DOCUMENT).reading === 0, 'the page is gone');
});

it('readers get fewer, larger frames the more of them there are', async () => {
	const ada = here.join('ada', { gatherMs: 0 });
	await until(() => ada.writable, 'ada may write');
	const frames: FromServer['frame'][] = [];
	const readers = Array.from({ length: 40 }, () => here.socket(''));
	const wish = { document: DOCUMENT, mode: 'read', epoch: 0, leases: 0 };
	await Promise.all(
		readers.map(
			(socket) => new Promise((done) => socket.emit('open', wish, new Uint8Array([0]), done))
		)
	);
	readers[0]!.on('frame', (frame: FromServer['frame']) => frames.push(frame));
	for (let round = 0; round < 60; round += 1) {
		ada.body.insert(0, 'x');
		await new Promise((next) => setTimeout(next, 2));
	}
	await allSaved(ada);
	const { seq } = await here.engine.read(DOCUMENT);
	await until(() => frames.at(-1)?.seq === seq, 'the last update has come');
	expect(frames.length).toBeLessThan(seq - 1);
});
