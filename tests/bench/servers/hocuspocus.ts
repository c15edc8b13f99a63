import { Server } from '@hocuspocus/server';
import { announce } from './announce.ts';

const flushDelay = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
const server = new Server({
	port: 0,
	address: '127.0.0.1',
	quiet: true,
	stopOnSignals: false,
	...(flushDelay === undefined ? {} : { flushDelay })
});
await server.listen();
announce(server.httpServer);
