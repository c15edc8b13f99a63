import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { openBody } from '#lib/documents/text/body.ts';
import { encodePacket } from '#lib/documents/live/parser.ts';
import type { Opened } from '#lib/documents/messages.ts';
import { DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

interface Network {
	write(bytes: Buffer): boolean;
}

/** The TCP connection below a client. */
const networkOf = (socket: Socket) =>
	(socket.io.engine.transport as unknown as { ws: { _socket: Network } }).ws._socket;

/** An event as a WebSocket frame, masked as a browser does. */
function framed(...data: unknown[]): Buffer {
	const payload = Buffer.from(encodePacket({ type: 2, nsp: '/', data }));
	const { length } = payload;
	const mask = randomBytes(4);
	const size = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : [];
	if (size.length === 0)
		size.push(127, 0, 0, 0, 0, ...[24, 16, 8, 0].map((by) => (length >> by) & 255));
	size[0]! |= 0x80;
	return Buffer.concat([
		Uint8Array.of(0x82, ...size),
		mask,
		payload.map((byte, at) => byte ^ mask[at & 3]!)
	]);
}

/** A writer by hand: its text, and every message that it has not put on the network yet. */
async function writer() {
	const socket = here.socket('ada');
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 1 };
	const { doc, lease } = await new Promise<{ doc: Y.Doc; lease: number }>((done) => {
		const answer = (_: null, { leases }: Opened, state: Uint8Array) => {
			const text = new Y.Doc();
			openBody(text);
			Y.applyUpdate(text, state);
			done({ doc: text, lease: leases[0]! });
		};
		socket.emit('open', wish, new Uint8Array([0]), answer);
	});
	doc.clientID = lease;
	const held: Buffer[] = [];
	let n = 0;
	doc.on('update', (update: Uint8Array) => {
		n += 1;
		held.push(framed('edit', { document: DOCUMENT, n }, update));
	});
	const network = networkOf(socket);
	return {
		socket,
		body: openBody(doc),
		held,
		sent: () => n,
		direct: (bytes: Uint8Array) => network.write(Buffer.from(bytes))
	};
}

/** A stream of pseudo-random numbers below 1, the same in every run. */
function numbers(seed: number): () => number {
	let state = seed;
	return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

it.each([
	['whole', () => Infinity],
	['byte by byte', () => 1],
	['wherever it likes', numbers(7)]
])('edits arrive in order when the network cuts them: %s', async (_, next) => {
	const { socket, body, held, sent, direct } = await writer();
	const saved: number[] = [];
	socket.on('saved', ({ n }: { n: number }) => saved.push(n));
	socket.on('frame', (frame: { saved: number[] }) => saved.push(frame.saved[1] ?? 0));
	for (let round = 0; round < 40; round += 1) {
		body.insert(0, `${round} ${'long '.repeat(round % 7 === 0 ? 60 : 1)}`);
		if (round % 10 === 4) body.delete(3, 2);
		// Something that is no edit, between edits.
		if (round % 5 === 0) held.push(framed('cursor', { document: DOCUMENT }, new Uint8Array()));
	}
	body.insert(5, 'a paste larger than any chunk '.repeat(3_000));
	body.insert(0, 'and on ');
	const bytes = Buffer.concat(held);
	for (let at = 0; at < bytes.length;) {
		const size = bytes.length - at > 20_000 && at > 9_000 ? 70_000 : next() * 300;
		const end = Math.min(bytes.length, at + Math.max(1, Math.floor(size)));
		direct(bytes.subarray(at, end));
		at = end;
		await new Promise((then) => setImmediate(then));
	}
	await until(() => saved.at(-1) === sent(), 'the last edit is saved');
	const reading = await here.engine.read(DOCUMENT);
	expect(reading.body.toString()).toBe(body.toString());
	expect(saved).toEqual([...saved].sort((a, b) => a - b));
});

it('an edit that is cut off inside costs its sender the connection, not the others', async () => {
	const { socket, body, held, direct } = await writer();
	body.insert(0, 'kept ');
	let saved = 0;
	socket.on('frame', (frame: { saved: number[] }) => (saved = frame.saved[1] ?? 0));
	direct(held[0]!);
	await until(() => saved === 1, 'it is saved');
	// Final, binary, masked with zeros: a short edit whose document's name goes past its end.
	direct(Buffer.from([0x82, 0x83, 0, 0, 0, 0, 5, 90, 1]));
	await until(() => !socket.connected, 'the connection is closed');
	const ada = here.join('ben');
	await until(() => ada.writable, 'others may write');
	expect(ada.body.toString()).toContain('kept ');
});
