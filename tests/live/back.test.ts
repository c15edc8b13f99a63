import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server, type Socket as Served } from 'socket.io';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import { openLiveDocument } from '#lib/documents/live/client.ts';
import { Decoder, Encoder } from '#lib/documents/live/parser.ts';
import { watchDocument } from '#lib/documents/live/watch.ts';
import { allSaved, clientOptions, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

/** A server that lets everybody in and does with each `open`, the first, second …, what it is told. */
async function standIn(
	onOpen: (time: number, answer: (...told: unknown[]) => void, socket: Served) => void
) {
	const server = createServer();
	const io = new Server(server, { path: '/live', parser: { Encoder, Decoder } });
	let opens = 0;
	io.on('connection', (socket: Served) =>
		socket.on('open', (_wish, _vector, answer) => onOpen((opens += 1), answer, socket))
	);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, end: () => io.close() };
}

it('a question that is never answered is asked again on a new connection', async () => {
	const deaf = await standIn((time, answer) => {
		if (time < 3) return;
		answer(null, { epoch: 1, seq: 0, right: 'read', tag: 1, leases: [] }, new Uint8Array([0, 0]));
	});
	const page = openLiveDocument({
		url: deaf.url,
		documentId: DOCUMENT,
		storage: memoryStorage(),
		io: { ...clientOptions('ada'), patienceMs: 100 }
	});
	await until(() => page.state === 'readonly', 'the third question is answered');
	await page.close();
	await deaf.end();
});

it('a connection that breaks before the handshake is tried again at once', async () => {
	const knocks: number[] = [];
	const server = createServer();
	server.on('upgrade', ({ headers }, socket) => {
		knocks.push(performance.now());
		// Whoever is turned away so may hang up as rudely.
		socket.on('error', () => undefined);
		const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
		socket.end(
			'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
				`Sec-WebSocket-Accept: ${createHash('sha1').update(key).digest('base64')}\r\n\r\n`
		);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	const page = here.join('ada', { url: `http://127.0.0.1:${port}` });
	await until(() => knocks.length >= 5, 'it knocks five times', 5_000);
	await page.close();
	server.close();
});

/** A storage of a device whose disk fails at these. */
function broken(...names: (keyof LiveStorage)[]): LiveStorage {
	const storage = memoryStorage();
	const fail = () => Promise.reject(new Error('no room on this device'));
	for (const name of names) Object.assign(storage, { [name]: fail });
	return storage;
}

it.each([
	['stores nothing', broken('saveBase', 'append', 'forget', 'addSpares', 'keep')],
	['gives nothing away', broken('base', 'updates', 'spares', 'takeSpare', 'addSpares')]
])('D6: a device that %s does not keep its person from writing', async (_, storage) => {
	const page = here.join('ada', { storage });
	await until(() => page.writable, 'ada may write');
	page.body.insert(0, 'Before. ');
	await allSaved(page);
	await here.restart();
	await until(() => page.state === 'saved', 'ada is back');
	page.body.insert(0, 'After. ');
	await allSaved(page);
	expect((await here.engine.read(DOCUMENT)).body.toString()).toContain('After. Before. ');
});

it('a watching page comes back after a refusal that passes, and after being sent away', async () => {
	const told: number[] = [];
	const opened = { epoch: 1, right: 'read', tag: 1, leases: [] };
	const busy = await standIn((time, answer, socket) => {
		if (time === 1) return answer({ kind: 'TooMany', code: 'database_busy', params: {} });
		answer(null, { ...opened, seq: time }, new Uint8Array());
		// The server closes what it opened: the page has to come back without being called.
		if (time === 2) setTimeout(() => socket.disconnect(true), 20);
	});
	const stop = watchDocument(DOCUMENT, (row) => told.push(row?.seq ?? 0), {
		url: busy.url,
		io: clientOptions('')
	});
	await until(() => told.includes(3), 'the page is told what happened while it was away');
	stop();
	await busy.end();
});
