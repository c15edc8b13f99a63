/** Driver for Folkmoot's own protocol (src/lib/documents/README.md) over a plain WebSocket. */
import { readInteger, take } from '../../../src/lib/documents/live/integers.ts';
import { decodePacket, encodePacket } from '../../../src/lib/documents/live/parser.ts';
import { SHORT_FRAME } from '../../../src/lib/documents/live/short.ts';
import { PROTOCOL, type FromServer, type Opened } from '../../../src/lib/documents/messages.ts';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Driver, Sink } from './driver.ts';

/** What `prepareOurs` hands over: a document, and the cookie of everyone who may write in it. */
export interface Handover {
	document: string;
	cookies: string[];
}

const CONNECT = 0;
const EVENT = 2;
const ACK = 3;

export const ours: Driver = async ({ port, index, probe, reader, sink, handover }) => {
	const { document, cookies } = handover as Handover;
	const headers: Record<string, string> = reader ? {} : { cookie: cookies[index]! };
	const socket = new WebSocket(`ws://127.0.0.1:${port}/live/?EIO=4&transport=websocket`, {
		perMessageDeflate: false,
		origin: `http://127.0.0.1:${port}`,
		headers
	});
	const send = (data: unknown[], id?: number) =>
		socket.send(encodePacket({ type: EVENT, nsp: '/', data, id }));

	const { opened, difference } = await new Promise<{ opened: Opened; difference: Uint8Array }>(
		(resolve, reject) => {
			let tag = -1;
			socket.once('error', reject);
			socket.once('close', (code, reason) => reject(new Error(`closed: ${code} ${reason}`)));
			socket.on('message', (data: Buffer, isBinary) => {
				if (!isBinary) {
					const text = data.toString();
					if (text === '2') socket.send('3');
					else if (text[0] === '0')
						socket.send(encodePacket({ type: CONNECT, nsp: '/', data: { protocol: PROTOCOL } }));
					return;
				}
				sink.frame(data.length);
				if (!probe && tag >= 0) {
					if (!reader) takeSaved(data, tag, sink);
					return;
				}
				const packet = decodePacket(data);
				if (packet.type === CONNECT) {
					const mode = reader ? 'read' : 'write';
					send(['open', { document, mode, epoch: 0, leases: reader ? 0 : 1 }, Uint8Array.of(0)], 0);
				} else if (packet.type === ACK) {
					const [error, answer, bytes] = packet.data as [unknown, Opened, Uint8Array];
					if (error) return reject(new Error(JSON.stringify(error)));
					tag = answer.tag;
					if (probe) sink.update(bytes);
					resolve({ opened: answer, difference: bytes });
				} else if (packet.type === EVENT) {
					receive(packet.data as unknown[], tag, sink);
				} else reject(new Error(JSON.stringify(packet)));
			});
		}
	);
	return {
		client: opened.leases[0] ?? 0,
		start: firstUnit(difference),
		send: (update, number) => send(['edit', { document, n: number + 1 }, update]),
		close: () => socket.terminate()
	};
};

function receive([name, payload, ...pieces]: unknown[], tag: number, sink: Sink): void {
	if (name === 'frame') {
		for (const update of pieces as Uint8Array[]) sink.update(update);
		const { saved } = payload as FromServer['frame'];
		for (let at = 0; at < saved.length; at += 2) {
			if (saved[at] === tag) sink.ack(saved[at + 1]! - 1);
		}
	} else if (name === 'saved') sink.ack((payload as FromServer['saved']).n - 1);
	else if (name === 'refused') throw new Error(`refused: ${JSON.stringify(payload)}`);
}

/** The same of a short frame, but only what it says about this connection. */
function takeSaved(data: Uint8Array, tag: number, sink: Sink): void {
	if (data[0] !== SHORT_FRAME) {
		const { type, data: event } = decodePacket(data);
		const [name, payload] = event as [string, FromServer['saved']];
		if (type === EVENT && name === 'saved') sink.ack(payload.n - 1);
		return;
	}
	const cursor = { data, at: 1 };
	// The document's name, the epoch, the row.
	take(cursor, readInteger(cursor));
	readInteger(cursor);
	readInteger(cursor);
	for (let pairs = readInteger(cursor); pairs > 0; pairs -= 1) {
		const whose = readInteger(cursor);
		const n = readInteger(cursor);
		if (whose === tag) return sink.ack(n - 1);
	}
}

function firstUnit(state: Uint8Array): { client: number; clock: number } | undefined {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	return doc.getText('body')._start?.id;
}
