import type { Socket } from 'socket.io';

/** A message encoded once for many sockets, with its WebSocket frame ready to be written. */
export interface Prepared {
	message: Buffer;
	options: { compress: false; wsPreEncodedFrame: Buffer[] };
}

/** Engine.IO's connection, as far as we look into it. */
interface Connection {
	readyState: string;
	writeBuffer: { data?: { length: number } | string }[];
	transport: { name: string; socket?: { bufferedAmount: number } };
	write(data: Buffer, options: object): void;
	close(discard?: boolean): void;
}

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

	constructor(socket: Socket) {
		this.#connection = socket.conn as unknown as Connection;
	}

	get open(): boolean {
		return this.#connection.readyState === 'open';
	}

	send(prepared: Prepared): void {
		if (this.open) this.#connection.write(prepared.message, prepared.options);
	}

	/** Bytes written but not yet taken by the network. */
	get backlog(): number {
		const { transport, writeBuffer } = this.#connection;
		let bytes = transport.socket?.bufferedAmount ?? 0;
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
