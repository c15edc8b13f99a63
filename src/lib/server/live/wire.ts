import type { Socket } from 'node:net';
import type { Socket as LiveSocket } from 'socket.io';
import { isStraight, writeStraight } from './outlet.ts';

/** A message encoded once for many sockets, with its WebSocket frame ready to be written. */
export interface Prepared {
	message: Buffer;
	options: { compress: false; wsPreEncodedFrame: Buffer[] };
}

/** Engine.IO's connection, as far as we look into it. */
interface Connection {
	readyState: string;
	writeBuffer: { data?: { length: number } | string }[];
	transport: { name: string; socket?: WebSocket };
	write(data: Buffer, options: object): void;
	close(discard?: boolean): void;
}

/** The WebSocket below, and the network below that. */
interface WebSocket {
	readyState: number;
	bufferedAmount: number;
	_socket?: Socket | null;
}

const OPEN = 1;

/** Prepares a binary message: an unmasked, final, binary frame (RFC 6455) around it. */
export function prepare(message: Uint8Array): Prepared {
	const { length } = message;
	const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(head + length);
	frame[0] = 0x82;
	if (head === 2) frame[1] = length;
	else if (head === 4) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	} else {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(message, head);
	return {
		message: frame.subarray(head),
		options: { compress: false, wsPreEncodedFrame: [frame] }
	};
}

/** The way to one socket: writes prepared messages and knows how far behind the other end is. */
export class Wire {
	readonly #connection: Connection;
	/** Bytes that went straight to the network and wait there. */
	#waiting = 0;
	readonly #done = () => void (this.#waiting = 0);
	#below: WebSocket | undefined;
	#straight = false;

	constructor(socket: LiveSocket) {
		this.#connection = socket.conn as unknown as Connection;
	}

	get open(): boolean {
		return this.#connection.readyState === 'open';
	}

	/**
	 * Writes a message; returns how many bytes wait now. When nothing waits before it, its frame goes
	 * straight to the network: the layers between cost several times the write itself, once for each
	 * of a thousand sockets.
	 */
	send({ message, options }: Prepared): number {
		const { readyState, writeBuffer } = this.#connection;
		if (readyState !== 'open') return 0;
		const below = (this.#below ??= this.#websocket());
		const network = below?._socket;
		if (network && below.readyState === OPEN && writeBuffer.length === 0) {
			const frame = options.wsPreEncodedFrame[0]!;
			if (this.#straight && this.#waiting === 0) {
				const written = writeStraight(network, frame, this.#done);
				if (written === 'waiting') return (this.#waiting = frame.length);
				if (written === 'taken') return 0;
			}
			network.write(frame);
		} else this.#connection.write(message, options);
		return this.backlog;
	}

	/** The WebSocket, once the connection is one; it then stays one. */
	#websocket(): WebSocket | undefined {
		const { name, socket } = this.#connection.transport;
		if (name !== 'websocket' || !socket?._socket) return undefined;
		this.#straight = isStraight(socket._socket);
		return socket;
	}

	/** Bytes written but not yet taken by the network. */
	get backlog(): number {
		const { transport, writeBuffer } = this.#connection;
		let bytes = this.#waiting + (transport.socket?.bufferedAmount ?? 0);
		for (const packet of writeBuffer) bytes += packet.data?.length ?? 0;
		return bytes;
	}

	/** Closes after what is still to be written. */
	close(): void {
		this.#connection.close();
	}

	/** Closes without waiting for what is still to be written. */
	cut(): void {
		this.#connection.close(true);
	}
}
