/** Drivers for the peers: the y-protocols sync messages over a plain WebSocket, or over Socket.IO. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { Driver, Settings } from './driver.ts';

const SYNC = 0;
const AUTH = 2;
const SYNC_REPLY = 4;
const STATUS = 8;
const STEP_1 = 0;
const UPDATE = 2;
const NAME = 'bench';
const EMPTY_STATE = Uint8Array.of(0);

function open(url: string): Promise<WebSocket> {
	const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
	return new Promise((resolve, reject) => {
		socket.once('open', () => resolve(socket));
		socket.once('error', reject);
	});
}

const clientOf = ({ index }: Settings) => 1_000_000 + index;

function read(message: Uint8Array, named: boolean, { sink }: Settings): void {
	const decoder = decoding.createDecoder(message);
	if (named) decoding.readVarString(decoder);
	const type = decoding.readVarUint(decoder);
	if (type === SYNC || type === SYNC_REPLY) {
		const step = decoding.readVarUint(decoder);
		if (step !== STEP_1) sink.update(decoding.readVarUint8Array(decoder));
	}
}

/** y-websocket's protocol. */
export const yWebsocket: Driver = async (settings) => {
	const socket = await open(`ws://127.0.0.1:${settings.port}/bench`);
	socket.on('message', (data: Buffer) => {
		settings.sink.frame(data.length);
		if (settings.probe) read(data, false, settings);
	});
	const hello = encoding.createEncoder();
	encoding.writeVarUint(hello, SYNC);
	encoding.writeVarUint(hello, STEP_1);
	encoding.writeVarUint8Array(hello, EMPTY_STATE);
	socket.send(encoding.toUint8Array(hello));
	return {
		client: clientOf(settings),
		send(update) {
			const message = encoding.createEncoder();
			encoding.writeVarUint(message, SYNC);
			encoding.writeVarUint(message, UPDATE);
			encoding.writeVarUint8Array(message, update);
			socket.send(encoding.toUint8Array(message));
		},
		close: () => socket.terminate()
	};
};

/** Hocuspocus' protocol: the same messages behind the document's name, after an authentication. */
export const hocuspocus: Driver = async (settings) => {
	const socket = await open(`ws://127.0.0.1:${settings.port}/`);
	const message = (...parts: number[]) => {
		const encoder = encoding.createEncoder();
		encoding.writeVarString(encoder, NAME);
		for (const part of parts) encoding.writeVarUint(encoder, part);
		return encoder;
	};
	let acked = -1;
	const ready = new Promise<void>((resolve) => {
		socket.on('message', (data: Buffer) => {
			settings.sink.frame(data.length);
			resolve();
			// The type stands behind the document's name and its length.
			if (data[NAME.length + 1] === STATUS) settings.sink.ack((acked += 1));
			else if (settings.probe) read(data, true, settings);
		});
	});
	const auth = message(AUTH, 0);
	encoding.writeVarString(auth, 'token');
	socket.send(encoding.toUint8Array(auth));
	await ready;
	const hello = message(SYNC, STEP_1);
	encoding.writeVarUint8Array(hello, EMPTY_STATE);
	socket.send(encoding.toUint8Array(hello));
	return {
		client: clientOf(settings),
		send(update) {
			const encoder = message(SYNC, UPDATE);
			encoding.writeVarUint8Array(encoder, update);
			socket.send(encoding.toUint8Array(encoder));
		},
		close: () => socket.terminate()
	};
};

/** y-socket.io's events, through Socket.IO's own client (it has no raw form worth imitating). */
export const ySocketIo: Driver = async (settings) => {
	const socket = io(`http://127.0.0.1:${settings.port}/yjs|bench`, {
		transports: ['websocket'],
		forceNew: true,
		reconnection: false
	});
	socket.on('sync-step-1', (_: unknown, reply: (update: Uint8Array) => void) =>
		reply(Uint8Array.of(0, 0))
	);
	socket.on('sync-update', (update: Buffer) => {
		settings.sink.frame(update.length);
		if (settings.probe) settings.sink.update(new Uint8Array(update));
	});
	await new Promise<void>((resolve, reject) => {
		socket.once('connect', resolve);
		socket.once('connect_error', reject);
	});
	if (settings.probe) {
		socket.emit('sync-step-1', EMPTY_STATE, (state: Buffer) =>
			settings.sink.update(new Uint8Array(state))
		);
	}
	return {
		client: clientOf(settings),
		send: (update) => void socket.emit('sync-update', update),
		close: () => void socket.disconnect()
	};
};

/** No protocol: the bytes of the update are the message. */
export const rawWs: Driver = async (settings) => {
	const socket = await open(`ws://127.0.0.1:${settings.port}/`);
	socket.on('message', (data: Buffer) => {
		settings.sink.frame(data.length);
		if (settings.probe) settings.sink.update(data);
	});
	return {
		client: clientOf(settings),
		send: (update) => socket.send(update),
		close: () => socket.terminate()
	};
};
