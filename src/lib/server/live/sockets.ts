import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';

/** How long a connection that broke the protocol is kept to be told so. */
const LAST_WORD_MS = 100;

/** Of Engine.IO's connections, what is needed here; polling has no socket of its own. */
interface Transport {
	socket?: { once(event: 'error', told: () => void): void; pause(): void; terminate(): void };
}
interface Connection {
	transport: Transport;
	on(event: 'upgrading', told: (transport: Transport) => void): void;
}

/** How sockets are served. */
export interface SocketSettings {
	/** Socket.IO's `parser` option: one message per packet. */
	parser: { Encoder: new () => object; Decoder: new () => object };
	/** The public address; without it, the address the request itself was sent to. */
	origin: string | undefined;
	/** Further origins that may connect. */
	allowedOrigins?: string[];
	path: string;
	/** The largest message taken, in bytes. */
	largestMessage: number;
}

/**
 * Sets Socket.IO up, not yet attached to an HTTP server: WebSocket first with polling as the way
 * through strict networks, no compression (it costs memory and time per socket), no recovery of
 * connection state (it would skip our checks). A handshake from a foreign or unnamed origin is refused.
 */
export function openSockets(settings: SocketSettings): Server {
	return new Server({
		path: settings.path,
		parser: settings.parser,
		serveClient: false,
		transports: ['polling', 'websocket'],
		perMessageDeflate: false,
		httpCompression: false,
		maxHttpBufferSize: settings.largestMessage,
		connectTimeout: 10_000,
		allowRequest: (request, decide) => decide(null, isWelcome(request, settings))
	});
}

/** Serves sockets on this HTTP server. */
export function serveSockets(io: Server, server: HttpServer): void {
	io.attach(server);
	io.engine.on('connection', (connection: Connection) => {
		deafen(connection.transport);
		connection.on('upgrading', deafen);
	});
}

/**
 * Stops reading from a connection at its first broken or oversized frame, and ends it when the word why
 * has had time to go out. `ws` would read on for thirty seconds, and what it throws away is memory first.
 */
function deafen({ socket }: Transport): void {
	socket?.once('error', () => {
		// After `ws`, which resumes reading on the next tick, and before the network is read again.
		process.nextTick(() => socket.pause());
		setTimeout(() => socket.terminate(), LAST_WORD_MS).unref();
	});
}

/** Whether the page that asks is ours. Browsers always name the origin of a WebSocket. */
export function isWelcome(
	request: IncomingMessage,
	{ origin, allowedOrigins = [] }: Pick<SocketSettings, 'origin' | 'allowedOrigins'>
): boolean {
	const asking = request.headers.origin;
	// Polling by GET from our own page carries no Origin; browsers then say so in another header.
	if (!asking) {
		return !request.headers.upgrade && request.headers['sec-fetch-site'] === 'same-origin';
	}
	if (allowedOrigins.includes(asking)) return true;
	if (origin) return asking === origin;
	const { host } = request.headers;
	return host !== undefined && (asking === `http://${host}` || asking === `https://${host}`);
}
