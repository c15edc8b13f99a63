/**
 * The shortest way of bytes into the network: Node's stream layers cost about as much as the write
 * itself, once for each of a thousand sockets.
 */
import type { Socket } from 'node:net';
import { handleOf, streams, type Handle, type Request } from './streams.ts';

let spare: Request | undefined;

/** What a write has come to: taken by the network, waiting in libuv until `done`, or not begun. */
export type Written = 'taken' | 'waiting' | 'refused';

/** Whether bytes may take the shortest way into this connection: plain TCP, and a Node that has the way. */
export function isStraight(socket: Socket): boolean {
	return streams !== undefined && handleOf(socket) !== undefined;
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
