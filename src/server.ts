/**
 * Production entry: one HTTP server for pages and live sockets. The pages come from `build/`
 * (`npm run build`); loading them starts the house (see `hooks.server.ts`), which is then given
 * this server for its sockets.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { constants } from 'node:zlib';
import compression from 'compression';
import { isOurProxy } from './lib/server/address.ts';
import { readConfig } from './lib/server/config.ts';
import { runningHouse } from './lib/server/running.ts';

/** One step of answering a request, as the page handler and its companions have it. */
type Layer = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

/** A crowd that lost its server comes back at once: so many may knock before the first is let in. */
const BACKLOG = 4_096;
const config = orStop(() => readConfig(process.env));
// The pages learn the protocol from a header that only this file (or a trusted proxy) may set.
process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
process.env.BODY_SIZE_LIMIT ??= '6M';

const pages = new URL('../build/handler.js', import.meta.url).href;
const { handler } = await orStop(() => import(pages) as Promise<{ handler: Layer }>);
const running = runningHouse();
// A draft is mostly words: compressed, a page of 270 kB is 30 kB on the wire. Files of the build are
// compressed beforehand, and better.
const compress = compression({
	level: 5,
	brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
}) as unknown as Layer;
const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (req, res) => {
	const proxied = isOurProxy(req.socket.remoteAddress ?? '', config.trustedProxies);
	if (!proxied || !req.headers['x-forwarded-proto']) req.headers['x-forwarded-proto'] = 'http';
	const throughPages = () =>
		compress(req, res, () => handler(req, res, () => res.writeHead(404).end()));
	if (req.method !== 'GET') return throughPages();
	running.answer(req, res).then((answered) => answered || throughPages(), throughPages);
});
server.keepAliveTimeout = 65_000;
running.attach(server);

server.listen({ port: config.port, host: config.host, backlog: BACKLOG }, () => {
	const { port } = server.address() as AddressInfo;
	running.listening(config.origin ?? `http://localhost:${port}`);
});

let stopping = false;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
	process.on(signal, () => void stop(signal));
}

/** Stops in order: no new connections, sockets flushed and told to come back, database closed. */
async function stop(signal: string): Promise<void> {
	if (stopping) return;
	stopping = true;
	running.house.log.info({ signal }, 'stopping');
	const forced = setTimeout(() => process.exit(1), 25_000);
	forced.unref();
	server.close();
	await running.close();
	server.closeAllConnections();
	process.exit(0);
}

/** What cannot start says why in words, for whoever runs it, and ends. */
function orStop<T>(work: () => T): T {
	const stop = (error: unknown): never => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	};
	try {
		const result = work();
		return result instanceof Promise ? (result.catch(stop) as T) : result;
	} catch (error) {
		return stop(error);
	}
}
