import type { Contender } from './measure.ts';
import { prepareOurs } from './ours.ts';

const node = process.execPath;
const at = (file: string) => new URL(`servers/${file}`, import.meta.url).pathname;

/** Everyone who can be measured, by name. */
export const CONTENDERS: Contender[] = [
	{ name: 'ours', driver: 'ours', command: [node, 'src/server.ts'], prepare: prepareOurs },
	{ name: 'hocuspocus', driver: 'hocuspocus', command: [node, at('hocuspocus.ts')] },
	{ name: 'hocuspocus-20', driver: 'hocuspocus', command: [node, at('hocuspocus.ts'), '20'] },
	{ name: 'y-websocket', driver: 'y-websocket', command: [node, at('y-websocket.ts')] },
	{ name: 'y-socket-io', driver: 'y-socket-io', command: [node, at('y-socket-io.ts')] },
	{ name: 'raw-ws', driver: 'raw-ws', command: [node, at('raw-ws.ts')] }
];
