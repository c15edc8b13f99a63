import { Server } from '@hocuspocus/server';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as Y from 'yjs';
import { announce } from './announce.ts';

const flushDelay = process.argv[2] === undefined ? undefined : Number(process.argv[2]);
const file = process.env.STORE_FILE;
interface Stored {
	document: Y.Doc;
}

/** Storage as its extensions do it: the whole state, two seconds after the last change, ten at most. */
const storage = file && {
	async onLoadDocument({ document }: Stored) {
		if (existsSync(file)) Y.applyUpdate(document, readFileSync(file));
	},
	async onStoreDocument({ document }: Stored) {
		writeFileSync(file, Y.encodeStateAsUpdate(document), { flush: true });
	}
};
const server = new Server({
	port: 0,
	address: '127.0.0.1',
	quiet: true,
	stopOnSignals: false,
	...storage,
	...(flushDelay === undefined ? {} : { flushDelay })
});
await server.listen();
announce(server.httpServer);
