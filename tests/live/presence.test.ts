import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FromServer } from '#lib/documents/messages.ts';
import { DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

it('D13: people see each other, with names and cursors that follow the words', async () => {
	const ada = here.join('ada');
	const ben = here.join('ben');
	await until(() => ada.writable && ben.writable, 'both may write');
	ben.setCursor({ from: 6, to: 8 });
	await until(() => ada.cursors()[0]?.selection, 'ada sees the cursor');
	expect(ada.cursors()).toMatchObject([
		{ personId: 'ben', name: 'Ben Tester', initials: 'BT', selection: { from: 6, to: 8 } }
	]);
	ada.body.insert(0, '12345');
	await until(() => ada.cursors()[0]?.selection?.from === 11, 'the cursor moved with its words');
	ben.setCursor(null);
	await until(() => ada.cursors()[0]?.selection === null, 'the cursor is gone');
	const { writing, reading } = here.engine.presence(DOCUMENT);
	expect(writing.map(({ personId }) => personId).sort()).toEqual(['ada', 'ben']);
	expect(reading).toBe(0);
	await ben.close();
	await until(() => ada.cursors().length === 0 && ada.counts.writing === 1, 'ben has left');
});

it('D13: nobody can appear as somebody else', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const mallory = here.socket('mallory');
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 0 };
	await new Promise((done) => mallory.emit('open', wish, new Uint8Array([0]), done));
	await until(() => ada.cursors().length === 1, 'mallory is seen');
	mallory.emit('cursor', { document: DOCUMENT, name: 'Ada Tester', tag: 1 }, new Uint8Array([0]));
	await until(() => !mallory.connected, 'a cursor with a name in it is refused');
	const forged = here.socket('mallory');
	await new Promise((done) => forged.emit('open', wish, new Uint8Array([0]), done));
	forged.emit('cursor', { document: DOCUMENT }, new Uint8Array([3, 255, 255, 255, 9]));
	await until(
		() => ada.cursors().some(({ personId }) => personId === 'mallory'),
		'mallory is back'
	);
	expect(ada.cursors().every(({ name }) => name === 'Mallory Tester')).toBe(true);
	expect(ada.cursors().every(({ selection }) => selection === null)).toBe(true);
	// What only the server says, nobody else can: the attempt ends the connection, so it comes last.
	forged.emit('presence', { document: DOCUMENT, came: [{ tag: 1, name: 'Ada Tester' }] });
	await until(() => !forged.connected, 'a forged presence frame ends the connection');
	await until(() => ada.cursors().length === 0, 'mallory is gone');
});

it('D13: at most ten presence frames a second, and fifty cursors', async () => {
	const watcher = here.socket('watcher');
	const frames: FromServer['presence'][] = [];
	watcher.on('presence', (frame: FromServer['presence']) => frames.push(frame));
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 0 };
	await new Promise((done) => watcher.emit('open', wish, new Uint8Array([0]), done));
	const sockets = Array.from({ length: 60 }, (_, index) => here.socket(`p${index}`));
	await Promise.all(
		sockets.map(
			(socket) => new Promise((done) => socket.emit('open', wish, new Uint8Array([0]), done))
		)
	);
	await until(() => frames.at(-1)?.writing === 61, 'all are counted');
	const seen = new Set(frames.flatMap(({ came }) => came.map(({ tag }) => tag)));
	expect(seen.size).toBe(50);
	frames.length = 0;
	const started = performance.now();
	for (let round = 0; round < 8; round += 1) {
		for (const socket of sockets)
			socket.emit('cursor', { document: DOCUMENT }, new Uint8Array([round]));
		await new Promise((next) => setTimeout(next, 40));
	}
	await until(() => frames.length > 1, 'cursors move');
	const seconds = (performance.now() - started) / 1_000;
	expect(frames.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 1);
});

it('everybody in a document hears that people said something about it, once for a burst', async () => {
	const writer = here.join('ada');
	await until(() => writer.writable, 'ada may write');
	let heard = 0;
	writer.on('remarks', () => (heard += 1));
	const page = here.socket('reader');
	let told = 0;
	page.on('remarks', () => (told += 1));
	const wish = { document: DOCUMENT, mode: 'page', epoch: 0, leases: 0 };
	await new Promise((done) => page.emit('open', wish, new Uint8Array([0]), done));
	for (const contributionId of ['a', 'b', 'c']) {
		here.house.bus.announce('contribution', { documentId: DOCUMENT, contributionId });
	}
	await until(() => heard > 0 && told > 0, 'both are told');
	expect([heard, told]).toEqual([1, 1]);
});
