import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { memoryStorage } from '#lib/documents/live/client-storage.ts';
import { openBody } from '#lib/documents/text/body.ts';
import type { Opened, Refusal } from '#lib/documents/messages.ts';
import { allSaved, clientOptions, DOCUMENT, stage, until, type Stage } from './support.ts';
import { itemUpdate, varuint } from './updates.ts';

let here: Stage;
beforeEach(async () => void (here = await stage()));
afterEach(() => here.close());

const onBody = [1, 4, 98, 111, 100, 121];

/** Opens the document by hand; returns what the server said and the text as it gave it. */
async function open(socket: Socket, leases = 1, mode = 'write') {
	const wish = { document: DOCUMENT, mode, epoch: 0, leases };
	return new Promise<{ refusal: Refusal | null; opened: Opened; doc: Y.Doc }>((done) => {
		socket.emit(
			'open',
			wish,
			new Uint8Array([0]),
			(refusal: Refusal | null, opened: Opened, difference: Uint8Array) => {
				const doc = new Y.Doc();
				openBody(doc);
				if (difference) Y.applyUpdate(doc, difference);
				done({ refusal, opened, doc });
			}
		);
	});
}

const bytesNow = async () => (await here.engine.stateOf(DOCUMENT)).bytes;
const victimOf = (doc: Y.Doc) => [...doc.store.clients.keys()][0]!;

it.each<[string, string, (own: number, doc: Y.Doc) => Uint8Array]>([
	[
		'a victim’s client id in eleven bytes',
		'update_client_not_leased',
		(_, doc) => itemUpdate(victimOf(doc), 500, 1, [10, 1])
	],
	['a clock gap', 'update_clock_gap', (own) => itemUpdate(own, 40, 1, [4, ...onBody, 1, 97])],
	['a skip struct', 'update_kind', (own) => itemUpdate(own, 0, 1, [10, 5])],
	[
		'an oversized garbage struct',
		'update_kind',
		(own) => itemUpdate(own, 0, 1, [0, ...varuint(2 ** 45)])
	],
	[
		'an unknown origin',
		'update_unknown_origin',
		(own) => itemUpdate(own, 0, 1, [4 | 0x80, ...varuint(999), 7, 1, 97])
	],
	[
		'an unknown parent',
		'update_parent',
		(own) => itemUpdate(own, 0, 1, [4, 1, 4, 101, 118, 105, 108, 1, 97])
	],
	[
		'an unknown delete range',
		'update_unknown_delete',
		() => Uint8Array.from([0, 1, ...varuint(999), 1, 0, 9])
	],
	['too many structs', 'update_too_many_parts', (own) => itemUpdate(own, 0, 6_000, [])],
	['more than 256 KB', 'update_too_large', () => new Uint8Array(300_000)],
	['bytes that are no update', 'update_many_clients', () => Uint8Array.from([200, 1, 2, 3])]
])('D8: %s is refused, the sender dropped, the text untouched', async (_, code, make) => {
	const mallory = here.socket('mallory');
	const { opened, doc } = await open(mallory);
	const before = await bytesNow();
	const refusals: Refusal[] = [];
	mallory.on('refused', (refusal: Refusal) => refusals.push(refusal));
	const started = performance.now();
	mallory.emit('edit', { document: DOCUMENT, n: 1 }, make(opened.leases[0]!, doc));
	await until(() => !mallory.connected, 'the sender is dropped');
	expect(performance.now() - started).toBeLessThan(1_000);
	expect(refusals).toMatchObject([{ n: 1, kind: 'Invalid', code }]);
	expect((await bytesNow()).equals(before)).toBe(true);
	expect(here.engine.figures().refused[code]).toBe(1);
});

it('D4: a lease granted to one person is refused from another', async () => {
	const ada = here.socket('ada');
	const mallory = here.socket('mallory');
	const { opened } = await open(ada);
	await open(mallory);
	const before = await bytesNow();
	const stolen = itemUpdate(opened.leases[0]!, 0, 1, [4, ...onBody, 1, 97]);
	const codes: string[] = [];
	mallory.on('refused', ({ code }: Refusal) => codes.push(code));
	mallory.emit('edit', { document: DOCUMENT, n: 1 }, stolen);
	await until(() => !mallory.connected, 'the thief is dropped');
	expect(codes).toEqual(['update_client_not_leased']);
	expect((await bytesNow()).equals(before)).toBe(true);
});

it('D4: a past lease stays its owner’s, in a new session too', async () => {
	const past = here.socket('ada');
	const { opened } = await open(past);
	past.disconnect();
	const headers = { ...clientOptions('ada').extraHeaders, cookie: 'person=ada; session=another' };
	const next = here.socket('ada', { extraHeaders: headers });
	await open(next, 0);
	let saved = 0;
	next.on('frame', (payload: { saved: number[] }) => (saved = payload.saved[1] ?? saved));
	next.emit(
		'edit',
		{ document: DOCUMENT, n: 7 },
		itemUpdate(opened.leases[0]!, 0, 1, [4, ...onBody, 1, 97])
	);
	await until(() => saved === 7, 'the update is acknowledged');
});

it('D18: whoever has seen what never was here begins anew, and keeps what is unsent', async () => {
	const ada = here.socket('ada');
	const { opened } = await open(ada);
	const [own] = opened.leases as [number];
	const knows = (client: number) => Uint8Array.from([1, ...varuint(client), 5]);
	const ask = (vector: Uint8Array) =>
		new Promise<Refusal | null>((done) =>
			ada.emit('open', { document: DOCUMENT, mode: 'write', epoch: 1, leases: 0 }, vector, done)
		);
	expect(await ask(knows(own))).toBeNull();
	expect(await ask(knows(12_345))).toMatchObject({ kind: 'Conflict', code: 'epoch_lost' });

	const storage = memoryStorage();
	const ben = here.join('ben', { storage });
	await allSaved(ben);
	await ben.close();
	const { state } = (await storage.base())!;
	const ahead = new Y.Doc();
	const body = openBody(ahead);
	Y.applyUpdate(ahead, state);
	body.insert(0, 'Seen, and then gone. ');
	await storage.saveBase({ epoch: 1, state: Y.encodeStateAsUpdate(ahead) });
	const again = here.join('ben', { storage });
	await again.ready;
	again.body.insert(0, 'Mine. ');
	await until(() => again.reason === 'epoch_lost', 'the page is told');
	await expect.poll(async () => (await storage.kept()).length).toBe(1);
	expect((await storage.kept())[0]!.text).toContain('Mine.');
	expect(await storage.base()).toBeUndefined();
	expect((await here.engine.read(DOCUMENT)).body.toString()).not.toContain('gone');
});

it('D10: a reader cannot write, by right or by mode', async () => {
	for (const [person, mode] of [
		['reader', 'write'],
		['', 'write'],
		['ada', 'read']
	] as const) {
		const socket = here.socket(person);
		const { opened } = await open(socket, 1, mode);
		expect(opened.leases).toEqual([]);
		const before = await bytesNow();
		const codes: string[] = [];
		socket.on('refused', ({ code }: Refusal) => codes.push(code));
		socket.emit('edit', { document: DOCUMENT, n: 1 }, itemUpdate(5, 0, 1, [4, ...onBody, 1, 97]));
		await until(() => codes.length > 0, 'the edit is refused');
		expect(codes).toEqual(['may_not_write']);
		expect((await bytesNow()).equals(before)).toBe(true);
	}
});

it('what somebody may not see does not exist for them', async () => {
	here.rights.set('eve', 'none');
	const eve = await open(here.socket('eve'));
	const nobody = here.socket('ada');
	const missing = await new Promise<Refusal>((done) =>
		nobody.emit(
			'open',
			{ document: 'nowhere', mode: 'read', epoch: 0, leases: 0 },
			new Uint8Array([0]),
			done
		)
	);
	expect(eve.refusal).toMatchObject({ kind: 'NotFound', code: 'document_not_found' });
	expect(missing).toEqual(eve.refusal);
});

it.each([
	['no origin', {}],
	['a foreign origin', { origin: 'https://evil.example' }]
])('D11: a handshake with %s is refused', async (_, origin) => {
	for (const transports of [['websocket'], ['polling']]) {
		const socket = here.socket('ada', {
			transports,
			extraHeaders: { cookie: 'person=ada', ...origin }
		});
		let failed = false;
		socket.on('connect_error', () => (failed = true));
		await until(() => failed, 'the handshake fails');
		expect(socket.connected).toBe(false);
	}
});

it('D12: an older protocol is told to reload', async () => {
	const socket = here.socket('ada', { auth: { protocol: '0.9' } });
	const error = await new Promise<Error & { data?: Refusal }>((done) =>
		socket.on('connect_error', done)
	);
	expect(error.data).toMatchObject({ code: 'protocol_too_old' });
	const old = here.join('ada', { io: { ...clientOptions('ada'), auth: { protocol: '0.9' } } });
	await until(() => old.state === 'refused', 'the client gives up');
	expect(old.reason).toBe('protocol_too_old');
});

it('malformed messages close that socket and nobody else’s', async () => {
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const attacks: ((socket: Socket) => void)[] = [
		(socket) => socket.emit('open', { document: 1 }),
		(socket) => socket.emit('edit', 'nonsense', 3),
		(socket) => socket.emit('edit', { document: DOCUMENT, n: 1 }, 'no bytes'),
		(socket) => socket.emit('cursor', { document: DOCUMENT }, new Uint8Array(5_000)),
		(socket) => socket.io.engine.write('text instead of bytes'),
		(socket) => socket.io.engine.write(new Uint8Array([2, 0, 0, 200, 200, 200, 200, 200, 200])),
		(socket) => socket.io.engine.write(new Uint8Array([9])),
		(socket) => socket.io.engine.write(new Uint8Array(2_000_000))
	];
	for (const attack of attacks) {
		const mallory = here.socket('mallory');
		await open(mallory);
		attack(mallory);
		await until(() => !mallory.connected, `the attacker is cut off (${attack.toString()})`);
	}
	ada.body.insert(0, 'Still here. ');
	await allSaved(ada);
});
