import type { Socket as Network } from 'node:net';
import type { Socket } from 'socket.io';
import { handleOf, streams } from './streams.ts';

/** `ws`'s reader of frames, as far as we look into it: all of this is 0 or empty between two frames. */
interface Receiver {
	_state: number;
	_bufferedBytes: number;
	_fragmented: number;
	_errored: boolean;
	_writableState: { length: number };
	write(chunk: Buffer): boolean;
}

interface Connection {
	transport: {
		name: string;
		socket?: { readyState: number; _receiver?: Receiver; _socket?: Network | null };
	};
	on(event: 'upgrade', listener: () => void): void;
}

const OPEN = 1;
/** Final, binary; masked. */
const BINARY = 0x82;
const MASKED = 0x80;

/**
 * Hands messages that begin with the byte `first` to `take` straight from the network, when they come
 * whole: the layers between cost many times what such a message itself does, and there are hundreds of
 * them a second. All other bytes go their usual way, in order. `take` must not throw.
 */
export function openInlet(socket: Socket, first: number, take: (message: Buffer) => void): void {
	const connection = socket.conn as unknown as Connection;
	const open = () => {
		const { name, socket: below } = connection.transport;
		const receiver = name === 'websocket' ? below?._receiver : undefined;
		if (!below || !receiver) return;
		const ready = () => isIdle(receiver) && below.readyState === OPEN && socket.connected;
		const usual = receiver.write.bind(receiver);
		receiver.write = (chunk) => {
			const at = takeFrames(chunk, first, take, ready);
			return at === chunk.length || usual(at === 0 ? chunk : chunk.subarray(at));
		};
		if (below._socket) {
			listenBelow(below._socket, (chunk) => {
				if (!isWhole(chunk, first) || !ready()) return false;
				takeFrames(chunk, first, take, ready);
				return true;
			});
		}
	};
	open();
	connection.on('upgrade', open);
}

/** Shows each read of a connection to `takes` before Node's streams see it, unless something waits in them. */
function listenBelow(network: Network, takes: (chunk: Buffer) => boolean): void {
	const handle = handleOf(network);
	if (!handle || !streams) return;
	const { streamBaseState: state, kReadBytesOrError, kArrayBufferOffset } = streams;
	const usual = handle.onread;
	handle.onread = function (buffer) {
		const length = state[kReadBytesOrError]!;
		if (buffer && length > 0 && network.readableFlowing && network.readableLength === 0) {
			if (takes(Buffer.from(buffer, state[kArrayBufferOffset], length))) return undefined;
		}
		return usual.call(this, buffer);
	};
}

/** Takes the frames that the chunk begins with; returns where the rest begins. */
function takeFrames(
	chunk: Buffer,
	first: number,
	take: (message: Buffer) => void,
	ready: () => boolean
): number {
	let at = 0;
	while (at < chunk.length && ready()) {
		const frame = wholeFrame(chunk, at, first);
		if (!frame) break;
		at = frame.end;
		take(unmasked(chunk, frame));
	}
	return at;
}

/** Whether the chunk is such frames and nothing else. */
function isWhole(chunk: Buffer, first: number): boolean {
	let at = 0;
	while (at < chunk.length) {
		const frame = wholeFrame(chunk, at, first);
		if (!frame) return false;
		at = frame.end;
	}
	return true;
}

function isIdle({ _state, _bufferedBytes, _fragmented, _errored, _writableState }: Receiver) {
	const between = _state === 0 && _bufferedBytes === 0 && _fragmented === 0;
	return between && !_errored && _writableState.length === 0;
}

/** Where a frame's payload lies and ends; its mask is the four bytes before. */
interface Frame {
	start: number;
	end: number;
}

/** The frame that begins here if it lies in the chunk as a whole and its payload begins with `first`. */
function wholeFrame(chunk: Buffer, at: number, first: number): Frame | undefined {
	const short = chunk[at + 1]! - MASKED;
	// Longer ones than 64 KB never come in one piece; a negative length was not masked.
	if (chunk[at] !== BINARY || !(short > 0) || short > 126) return undefined;
	const start = at + (short === 126 ? 8 : 6);
	if (start >= chunk.length) return undefined;
	const end = start + (short === 126 ? chunk.readUInt16BE(at + 2) : short);
	const wanted = (chunk[start]! ^ chunk[start - 4]!) === first;
	return wanted && start < end && end <= chunk.length ? { start, end } : undefined;
}

function unmasked(chunk: Buffer, { start, end }: Frame): Buffer {
	for (let at = start; at < end; at += 1) chunk[at]! ^= chunk[start - 4 + ((at - start) & 3)]!;
	return chunk.subarray(start, end);
}
