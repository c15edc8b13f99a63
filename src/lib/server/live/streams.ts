import type { Socket } from 'node:net';

/**
 * What Node's own `net` has below its streams. Node does not promise to keep it; where it is missing,
 * `streams` is undefined and bytes take the usual way, in and out.
 */
export interface Streams {
	WriteWrap: new () => Request;
	/** Numbers about the last read and write of any stream, at the places named below. */
	streamBaseState: Int32Array;
	kLastWriteWasAsync: number;
	kReadBytesOrError: number;
	kArrayBufferOffset: number;
}

/** What libuv tells the end of a write that the network did not take at once. */
export interface Request {
	oncomplete?: (status: number) => void;
	/** Kept until then. */
	bytes?: Buffer;
}

/** libuv's stream, as far as we look into it. `writeBuffer` returns an error number, 0 when it is well. */
export interface Handle {
	writeBuffer(request: Request, bytes: Buffer): number;
	onread: (this: Handle, buffer: ArrayBuffer | undefined) => unknown;
}

export const streams = streamsOfNode();

function streamsOfNode(): Streams | undefined {
	try {
		const { binding } = process as unknown as { binding?: (name: string) => Partial<Streams> };
		const found = binding?.call(process, 'stream_wrap') ?? {};
		const { WriteWrap, streamBaseState, kLastWriteWasAsync, ...reading } = found;
		const { kReadBytesOrError, kArrayBufferOffset } = reading;
		const places = [kLastWriteWasAsync, kReadBytesOrError, kArrayBufferOffset];
		const whole = WriteWrap && streamBaseState && !places.includes(undefined);
		return whole ? (found as Streams) : undefined;
	} catch {
		return undefined;
	}
}

/** The stream below a plain TCP connection; undefined for any other, and once it is closed. */
export function handleOf(socket: Socket): Handle | undefined {
	const { _handle: handle } = socket as unknown as { _handle: Handle | null };
	return handle?.constructor.name === 'TCP' ? handle : undefined;
}
