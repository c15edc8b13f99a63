/**
 * The shortest way of bytes into the network: Node's stream layers cost about as much as the write
 * itself, once for each of a thousand sockets. It uses what `net` itself uses, which Node does not
 * promise to keep; where it is missing, `writeStraight` says no and the bytes take the usual way.
 */
import type { Socket } from 'node:net';

/** libuv's stream, as far as we look into it. `writeBuffer` returns an error number, 0 when it is well. */
interface Handle {
	writeBuffer(request: Request, bytes: Buffer): number;
}

/** What libuv tells the end of a write that the network did not take at once. */
interface Request {
	oncomplete?: (status: number) => void;
	/** Kept until then. */
	bytes?: Buffer;
}

interface Streams {
	WriteWrap: new () => Request;
	streamBaseState: Int32Array;
	kLastWriteWasAsync: number;
}

const streams = streamsOfNode();
let spare: Request | undefined;

function streamsOfNode(): Streams | undefined {
	try {
		const { binding } = process as unknown as { binding?: (name: string) => Partial<Streams> };
		const found = binding?.call(process, 'stream_wrap') ?? {};
		const whole =
			found.WriteWrap && found.streamBaseState && found.kLastWriteWasAsync !== undefined;
		return whole ? (found as Streams) : undefined;
	} catch {
		return undefined;
	}
}

/** What a write has come to: taken by the network, waiting in libuv until `done`, or not begun. */
export type Written = 'taken' | 'waiting' | 'refused';

/** Whether bytes may take the shortest way into this connection: plain TCP, and a Node that has the way. */
export function isStraight(socket: Socket): boolean {
	const { _handle: handle } = socket as unknown as { _handle: Handle | null };
	return streams !== undefined && handle?.constructor.name === 'TCP';
}

/** Writes to such a connection if nothing waits on it; `done` is called once bytes that had to wait are gone. */
export function writeStraight(socket: Socket, bytes: Buffer, done: () => void): Written {
	const { _handle: handle } = socket as unknown as { _handle: Handle | null };
	if (!handle || !streams || socket.writableLength > 0 || !socket.writable) return 'refused';
	const request = (spare ??= new streams.WriteWrap());
	const error = handle.writeBuffer(request, bytes);
	if (error !== 0) {
		socket.destroy(new Error(`The network refused bytes (${error})`));
		return 'taken';
	}
	if (!streams.streamBaseState[streams.kLastWriteWasAsync]) return 'taken';
	spare = undefined;
	request.bytes = bytes;
	request.oncomplete = (status) => {
		done();
		if (status < 0) socket.destroy();
	};
	return 'waiting';
}
