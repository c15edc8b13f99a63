/**
 * A Socket.IO parser that puts a packet with its binary arguments in one message; Socket.IO's own
 * sends a message for the text and one more for each piece of binary. The layout is in
 * ../README.md ("One message"). It runs in the browser and on the server.
 */
import { ByteWriter, readInteger, take, type Cursor } from './integers.ts';
import { lengthen, SHORT_EDIT, SHORT_FRAME, shorten } from './short.ts';

const CONNECT = 0;
const DISCONNECT = 1;
const EVENT = 2;
const ACK = 3;
const CONNECT_ERROR = 4;
const MOST_ATTACHMENTS = 10_000;
const RESERVED = new Set([
	'connect',
	'connect_error',
	'disconnect',
	'disconnecting',
	'newListener',
	'removeListener'
]);

/** A Socket.IO packet. `data` of an event or acknowledgement is its list of arguments. */
export interface Packet {
	type: number;
	nsp: string;
	data?: unknown;
	id?: number;
}

const text = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The packet as one binary message. Binary arguments must stand directly in the list of arguments. */
export function encodePacket(packet: Packet): Uint8Array {
	const binary: Uint8Array[] = [];
	const places: number[] = [];
	let data = packet.data;
	if (packet.type === EVENT && packet.id === undefined && packet.nsp === '/') {
		const short = Array.isArray(data) ? shorten(data) : undefined;
		if (short) return short;
	}
	if (Array.isArray(data)) {
		data = data.map((argument: unknown, place) => {
			if (!(argument instanceof Uint8Array)) return argument;
			binary.push(argument);
			places.push(place);
			return 0;
		});
	}
	const json = data === undefined ? '' : JSON.stringify(data);
	const out = new ByteWriter();
	out.byte(packet.type);
	out.integer(packet.id === undefined ? 0 : packet.id + 1);
	out.bytes(text.encode(packet.nsp === '/' ? '' : packet.nsp));
	out.integer(binary.length);
	binary.forEach((piece, index) => {
		out.integer(places[index]!);
		out.integer(piece.length);
	});
	out.bytes(text.encode(json));
	for (const piece of binary) out.raw(piece);
	return out.finish();
}

/** Reads one message; throws on anything that is not exactly a packet. Binary is not copied. */
export function decodePacket(message: unknown): Packet {
	const data = asBytes(message);
	const cursor: Cursor = { data, at: 0 };
	const type = data[cursor.at++];
	if (type === SHORT_EDIT || type === SHORT_FRAME) {
		return { type: EVENT, nsp: '/', data: lengthen(data) };
	}
	if (type === undefined || type > CONNECT_ERROR) throw new Error('unknown packet type');
	const id = readInteger(cursor);
	const space = readInteger(cursor);
	const nsp = space === 0 ? '/' : decoder.decode(take(cursor, space));
	const pieces = readInteger(cursor);
	if (pieces > MOST_ATTACHMENTS) throw new Error('too many attachments');
	const layout: number[] = [];
	for (let piece = 0; piece < pieces; piece += 1) {
		layout.push(readInteger(cursor), readInteger(cursor));
	}
	const json = take(cursor, readInteger(cursor));
	const content: unknown = json.length > 0 ? JSON.parse(decoder.decode(json)) : undefined;
	checkContent(type, content);
	for (let piece = 0; piece < layout.length; piece += 2) {
		const list = content as unknown[];
		const place = layout[piece]!;
		if (!Array.isArray(content) || list[place] !== 0) throw new Error('attachment without a place');
		list[place] = take(cursor, layout[piece + 1]!);
	}
	if (cursor.at !== data.length) throw new Error('trailing bytes');
	const packet: Packet = { type, nsp, data: content };
	if (id > 0) packet.id = id - 1;
	return packet;
}

function checkContent(type: number, content: unknown): void {
	if (type === EVENT) {
		const name = Array.isArray(content) ? (content[0] as unknown) : undefined;
		if (typeof name !== 'string' || RESERVED.has(name)) throw new Error('invalid event');
	} else if (type === ACK) {
		if (!Array.isArray(content)) throw new Error('invalid acknowledgement');
	} else if (type === DISCONNECT) {
		if (content !== undefined) throw new Error('invalid disconnect');
	} else if (content !== undefined && (typeof content !== 'object' || content === null)) {
		throw new Error(type === CONNECT ? 'invalid connect' : 'invalid error');
	}
}

function asBytes(message: unknown): Uint8Array {
	if (message instanceof Uint8Array) return message;
	if (message instanceof ArrayBuffer) return new Uint8Array(message);
	throw new Error('not a binary message');
}

/** What Socket.IO's `parser` option asks for. */
export class Encoder {
	encode(packet: Packet): Uint8Array[] {
		return [encodePacket(packet)];
	}
}

type Listener = (packet: Packet) => void;

/** The other half; an emitter of one event, `decoded`, as Socket.IO expects. */
export class Decoder {
	#listeners: Listener[] = [];

	add(message: unknown): void {
		const packet = decodePacket(message);
		for (const listener of this.#listeners) listener(packet);
	}

	on(_event: string, listener: Listener): this {
		this.#listeners.push(listener);
		return this;
	}

	off(_event?: string, listener?: Listener): this {
		this.#listeners = listener ? this.#listeners.filter((one) => one !== listener) : [];
		return this;
	}

	removeListener(event: string, listener: Listener): this {
		return this.off(event, listener);
	}

	destroy(): void {
		this.#listeners = [];
	}
}
