import { afterEach, expect, it } from 'vitest';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import { openBody } from '#lib/documents/text/body.ts';
import { allSaved, DOCUMENT, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

/** A client that stops reading from the network, and the text that it has. */
async function sloth() {
	const socket = here.socket('sloth');
	const doc = new Y.Doc();
	const body = openBody(doc);
	const events: string[] = [];
	for (const name of ['frame', 'state'] as const) {
		socket.on(name, (_: unknown, ...updates: Uint8Array[]) => {
			events.push(name);
			for (const update of updates) Y.applyUpdate(doc, update);
		});
	}
	const wish = { document: DOCUMENT, mode: 'write', epoch: 0, leases: 0 };
	await new Promise<void>((done) =>
		socket.emit(
			'open',
			wish,
			new Uint8Array([0]),
			(_: null, __: unknown, difference: Uint8Array) => {
				Y.applyUpdate(doc, difference);
				done();
			}
		)
	);
	return { socket, body, events };
}

const network = (socket: Socket) =>
	(socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } })
		.ws._socket;

/** Large edits that leave the text small. */
async function flood(megabytes: number): Promise<void> {
	for (let round = 0; round < megabytes * 4; round += 1) {
		await here.engine.write(DOCUMENT, 'desk', (body) => {
			if (body.length > 200_000) body.delete(0, 250_000);
			body.insert(0, String.fromCharCode(97 + (round % 26)).repeat(250_000));
		});
	}
}

it('D16: who does not read gets no more frames, and one difference when it reads again', async () => {
	here = await stage();
	const { socket, body, events } = await sloth();
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	network(socket).pause();
	await flood(24);
	expect(here.engine.figures().backlog).toBeGreaterThan(1024 * 1024);
	expect(here.engine.figures().backlog).toBeLessThan(3 * 1024 * 1024);
	ada.body.insert(0, 'quick ');
	await allSaved(ada);
	network(socket).resume();
	await until(() => events.includes('state'), 'the difference arrives');
	await until(() => body.toString() === ada.body.toString(), 'the texts agree');
});

it('D16: who stays behind is disconnected; the others go on', async () => {
	here = await stage({ patience: { lostMs: 300 } });
	const { socket } = await sloth();
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	network(socket).pause();
	await flood(24);
	await until(() => here.engine.presence(DOCUMENT).writing.length === 1, 'the sloth is dropped');
	ada.body.insert(0, 'going on ');
	await allSaved(ada);
	expect(here.engine.figures().backlog).toBe(0);
});
