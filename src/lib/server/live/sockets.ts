import type { IncomingMessage } from 'node:http';
import { Server } from 'socket.io';

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
