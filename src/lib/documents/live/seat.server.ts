import type { Prepared, Wire } from '#lib/server/live/wire.ts';
import type { FromServer, Mode, Refusal, Right } from '../messages.ts';
import { encodePacket } from './parser.ts';
import { prepare } from '#lib/server/live/wire.ts';

const EVENT = 2;

/** Who sits there, as the handshake found them. */
export interface Guest {
	personId: string | null;
	sessionId: string | null;
	name: string;
}

/** An event with its binary arguments, ready for any number of sockets. */
export function message<Name extends keyof FromServer>(
	name: Name,
	payload: FromServer[Name],
	binary: Uint8Array[] = []
): Prepared {
	return prepare(encodePacket({ type: EVENT, nsp: '/', data: [name, payload, ...binary] }));
}

/** One connection's place in one document. */
export class Seat {
	readonly tag: number;
	readonly guest: Guest;
	readonly mode: Mode;
	readonly wire: Wire;
	readonly documentId: string;
	right: Right;
	/** The highest number of this connection's messages that is on disk. */
	saved = 0;
	cursor: Uint8Array = new Uint8Array();
	/** Since when it is behind (ms), and the state vector of the last thing it was sent. */
	stale: { since: number; vector: Uint8Array } | null = null;

	constructor(seat: Pick<Seat, 'tag' | 'guest' | 'mode' | 'wire' | 'documentId' | 'right'>) {
		this.tag = seat.tag;
		this.guest = seat.guest;
		this.mode = seat.mode;
		this.wire = seat.wire;
		this.documentId = seat.documentId;
		this.right = seat.right;
	}

	get writes(): boolean {
		return this.mode === 'write' && this.right === 'write';
	}

	tell<Name extends keyof FromServer>(name: Name, payload: Omit<FromServer[Name], 'document'>) {
		const whole = { document: this.documentId, ...payload } as unknown as FromServer[Name];
		this.wire.send(message(name, whole));
	}

	refuse(n: number, refusal: Refusal): void {
		this.tell('refused', { n, ...refusal });
	}
}
