import type { Contender } from './measure.ts';
import { prepareOurs } from './ours.ts';

const node = process.execPath;
const at = (file: string) => new URL(`servers/${file}`, import.meta.url).pathname;

/** Everyone who can be measured, by name. */
export const CONTENDERS: Contender[] = [
	{
		name: 'ours',
		driver: 'ours',
		keeps: 'disk',
		command: [node, 'src/start.ts'],
		prepare: prepareOurs
	},
	{
		name: 'hocuspocus',
		driver: 'hocuspocus',
		keeps: 'memory',
		command: [node, at('hocuspocus.ts')]
	},
	{
		name: 'hocuspocus-20',
		driver: 'hocuspocus',
		keeps: 'memory',
		command: [node, at('hocuspocus.ts'), '20']
	},
	{
		name: 'y-websocket',
		driver: 'y-websocket',
		keeps: 'memory',
		command: [node, at('y-websocket.ts')]
	},
	{
		name: 'y-socket-io',
		driver: 'y-socket-io',
		keeps: 'memory',
		command: [node, at('y-socket-io.ts')]
	},
	{ name: 'raw-ws', driver: 'raw-ws', keeps: 'nowhere', command: [node, at('raw-ws.ts')] }
];
