/**
 * A live engine as a process of its own, for tests that kill it. Takes its database from TEST_FILE
 * or TEST_SCHEMA, its port from TEST_PORT, and says `ready <port>` when it serves.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { openStore } from '#lib/server/db/store.ts';
import { actorOf, DOCUMENT, ORIGIN, SEED } from './support.ts';

const { TEST_FILE: file, TEST_SCHEMA: schema, TEST_PORT: port } = process.env;
const store = await openStore(schema ? { schema } : { file });
const engine = createLiveEngine({
	house: {
		store,
		config: { ...readConfig({}), origin: ORIGIN },
		log: pino({ level: 'warn' }),
		bus: new Bus(),
		clock: Date.now
	},
	rightsOf: async () => 'write',
	actorOfCookie: async (cookie) => actorOf(cookie)
});
await engine.read(DOCUMENT).catch(() => engine.create(DOCUMENT, SEED, 'founder'));
const server = createServer();
engine.attach(server);
server.listen(Number(port ?? 0), '127.0.0.1', () => {
	console.log(`ready ${(server.address() as AddressInfo).port}`);
});
