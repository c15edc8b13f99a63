import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { PROTOCOL } from '../messages.ts';
import type { FromClient, FromServer, Opened, Refusal } from '../messages.ts';
import * as parser from './parser.ts';

/** Further Socket.IO options: headers in Node, a transport. */
export interface LinkOptions extends Partial<ManagerOptions & SocketOptions> {
	/** How long a connection may stay without an answer to `open` before it is given up, ms. */
	patienceMs?: number;
}

/** A large text on a slow line takes its time; a server that lost the question never answers. */
const PATIENCE_MS = 60_000;

/** Socket.IO's own connection, as far as we look into it. */
interface Engine {
	once(name: string, act: () => void): unknown;
	off(name: string, act: () => void): unknown;
	emit(name: string, error: Error): unknown;
}

/** What a link tells its owner. News are of the one document only. */
export interface LinkOwner {
	connected(): void;
	disconnected(): void;
	/** The server will never let this client in as it is. */
	shutOut(code: string): void;
	news: {
		[Name in Exclude<keyof FromServer, 'bye'>]?: (
			payload: FromServer[Name],
			binary: Uint8Array[]
		) => void;
	};
}

/** Whether a refusal will not last: the same may be asked again after a while. */
export function isPassing(refusal: Refusal | null): boolean {
	return !refusal || refusal.kind === 'TooMany' || refusal.kind === 'Unexpected';
}

/** A connection for one document that comes back by itself, never at the same moment as everybody else. */
export class Link {
	readonly #socket: Socket;
	readonly #documentId: string;
	readonly #patienceMs: number;
	#stopped = false;
	#timer: ReturnType<typeof setTimeout> | null = null;
	/** Runs from a connection to its first answer. */
	#unanswered: ReturnType<typeof setTimeout> | null = null;

	constructor(
		url: string | undefined,
		documentId: string,
		owner: LinkOwner,
		options: LinkOptions = {}
	) {
		const { patienceMs = PATIENCE_MS, ...more } = options;
		this.#documentId = documentId;
		this.#patienceMs = patienceMs;
		const settings = {
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
		this.#socket = url === undefined ? io(settings) : io(url, settings);
		this.#listen(owner);
	}

	get connected(): boolean {
		return this.#socket.connected;
	}

	connect(): void {
		if (this.#stopped || this.#socket.connected) return;
		this.#socket.connect();
		this.#mindBreak();
	}

	/** Leaves now and comes back after `wait` ms, and up to as long again. */
	pause(wait: number): void {
		this.#socket.disconnect();
		this.#retry(wait * (1 + Math.random()));
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer) clearTimeout(this.#timer);
		this.#answered();
		this.#socket.disconnect();
	}

	open(
		wish: Omit<FromClient['open'], 'document'>,
		vector: Uint8Array,
		answer: (refusal: Refusal | null, opened?: Opened, difference?: Uint8Array) => void
	): void {
		// Socket.IO would keep it for the next connection, which opens by itself: two at once are refused.
		if (!this.#socket.connected) return;
		const wanted = { document: this.#documentId, ...wish };
		this.#socket.emit('open', wanted, vector, (...told: Parameters<typeof answer>) => {
			this.#answered();
			answer(...told);
		});
	}

	edit(n: number, update: Uint8Array): void {
		this.#socket.emit('edit', { document: this.#documentId, n }, update);
	}

	cursor(cursor: Uint8Array): void {
		this.#socket.emit('cursor', { document: this.#documentId }, cursor);
	}

	#listen(owner: LinkOwner): void {
		const socket = this.#socket;
		socket.io.on('reconnect_attempt', () => queueMicrotask(() => this.#mindBreak()));
		socket.on('connect', () => {
			this.#answered();
			this.#unanswered = setTimeout(() => this.pause(1_000), this.#patienceMs);
			owner.connected();
		});
		socket.on('disconnect', (reason) => {
			this.#answered();
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

	#answered(): void {
		if (this.#unanswered) clearTimeout(this.#unanswered);
		this.#unanswered = null;
	}

	/**
	 * A connection that ends after the WebSocket's handshake and before Socket.IO's is no error to
	 * Socket.IO: it would wait for its timeout, twenty seconds, and only then try again.
	 */
	#mindBreak(): void {
		const engine = this.#socket.io.engine as Engine;
		const broken = () => engine.emit('error', new Error('closed before the handshake'));
		engine.once('close', broken);
		engine.once('open', () => engine.off('close', broken));
	}

	#retry(wait: number): void {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.connect(), wait);
	}
}
