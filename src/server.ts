/**
 * Production entry: one HTTP server for pages and live sockets. The pages come from `build/`
 * (`npm run build`); loading them starts the house (see `hooks.server.ts`), which is then given
 * this server for its sockets.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from './lib/server/config.ts';
import { runningHouse } from './lib/server/running.ts';

const config = read();
// The pages learn the protocol from a header that only this file (or a trusted proxy) may set.
process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
process.env.BODY_SIZE_LIMIT ??= '6M';

const { handler } = (await import(new URL('../build/handler.js', import.meta.url).href)) as {
	handler: (req: IncomingMessage, res: unknown, next: () => void) => void;
};
const running = runningHouse();
const server = createServer({ requestTimeout: 60_000, headersTimeout: 20_000 }, (req, res) => {
	if (!config.trustedProxies.includes(peer(req)) || !req.headers['x-forwarded-proto']) {
		req.headers['x-forwarded-proto'] = 'http';
	}
	handler(req, res, () => res.writeHead(404).end());
});
server.keepAliveTimeout = 65_000;
running.attach(server);

server.listen(config.port, config.host, () => {
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

function read() {
	try {
		return readConfig(process.env);
	} catch (error) {
		console.error((error as Error).message);
		process.exit(1);
	}
}

function peer(req: IncomingMessage): string {
	return (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
