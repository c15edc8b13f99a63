import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { PROTOCOL } from '../messages.ts';
import type { FromClient, FromServer, Opened, Refusal } from '../messages.ts';
import * as parser from './parser.ts';

/** Further Socket.IO options: headers in Node, a transport. */
export type LinkOptions = Partial<ManagerOptions & SocketOptions>;

/** What a link tells its owner. News are of the one document only. */
export interface LinkOwner {
	connected(): void;
	disconnected(): void;
	/** The server will never let this client in as it is. */
	shutOut(code: string): void;
	news: {
		[Name in Exclude<keyof FromServer, 'bye' | 'changed'>]: (
			payload: FromServer[Name],
			binary: Uint8Array[]
		) => void;
	};
}

/** A connection for one document that comes back by itself, never at the same moment as everybody else. */
export class Link {
	readonly #socket: Socket;
	readonly #documentId: string;
	#stopped = false;
	#timer: ReturnType<typeof setTimeout> | null = null;

	constructor(url: string | undefined, documentId: string, owner: LinkOwner, more?: LinkOptions) {
		this.#documentId = documentId;
		const options = {
			path: '/live',
			parser,
			forceNew: true,
			autoConnect: false,
			transports: ['websocket', 'polling'],
			tryAllTransports: true,
			auth: { protocol: PROTOCOL },
			reconnectionDelay: 400,
			// Never so long that a restarted server waits for its people; spread, so that they do not all
			// come in one moment.
			reconnectionDelayMax: 3_000,
			randomizationFactor: 0.5,
			...more
		};
		this.#socket = url === undefined ? io(options) : io(url, options);
		this.#listen(owner);
	}

	get connected(): boolean {
		return this.#socket.connected;
	}

	connect(): void {
		if (!this.#stopped && !this.#socket.connected) this.#socket.connect();
	}

	/** Leaves now and comes back after `wait` ms, and up to as long again. */
	pause(wait: number): void {
		this.#socket.disconnect();
		this.#retry(wait * (1 + Math.random()));
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
		this.#socket.disconnect();
	}

	open(
		wish: Omit<FromClient['open'], 'document'>,
		vector: Uint8Array,
		answer: (refusal: Refusal | null, opened?: Opened, difference?: Uint8Array) => void
	): void {
		// Socket.IO would keep it for the next connection, which opens by itself: two at once are refused.
		if (!this.#socket.connected) return;
		this.#socket.emit('open', { document: this.#documentId, ...wish }, vector, answer);
	}

	edit(n: number, update: Uint8Array): void {
		this.#socket.emit('edit', { document: this.#documentId, n }, update);
	}

	cursor(cursor: Uint8Array): void {
		this.#socket.emit('cursor', { document: this.#documentId }, cursor);
	}

	#listen(owner: LinkOwner): void {
		const socket = this.#socket;
		socket.on('connect', () => owner.connected());
		socket.on('disconnect', (reason) => {
			// Socket.IO comes back by itself unless it was the server that closed.
			if (reason === 'io server disconnect') this.#retry(500 * (1 + Math.random()));
			owner.disconnected();
		});
		socket.on('connect_error', (error: Error & { data?: Refusal }) => {
			const code = error.data?.code;
			if (code === 'protocol_too_old') owner.shutOut(code);
			else if (!socket.active) this.#retry(1_500 * (1 + Math.random()));
		});
		socket.on('bye', ({ retryIn }: FromServer['bye']) => {
			socket.disconnect();
			// The server has spread its clients already.
			this.#retry(retryIn);
		});
		for (const name of Object.keys(owner.news) as (keyof LinkOwner['news'])[]) {
			const act = owner.news[name] as (payload: unknown, binary: Uint8Array[]) => void;
			socket.on(name, (payload: { document?: string }, ...binary: Uint8Array[]) => {
				if (!this.#stopped && payload.document === this.#documentId) act(payload, binary);
			});
		}
	}

	#retry(wait: number): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.connect(), wait);
	}
}
