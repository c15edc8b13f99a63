/**
 * What `npm start` runs: becomes the server (`server.ts`), in the same process, with the settings of memory that
 * must stand before a process begins. What whoever runs it has set for Node or for memory goes before ours.
 */
import { execArgv, execPath, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { MEMORY } from './lib/server/memory.ts';

const server = fileURLToPath(new URL('./server.ts', import.meta.url));
if (process.platform === 'linux' && process.execve) {
	const args = [...MEMORY.flags, ...execArgv, server, ...process.argv.slice(2)];
	process.execve(execPath, [execPath, ...args], { ...MEMORY.env, ...env } as NodeJS.ProcessEnv);
}
// Elsewhere a process cannot be replaced, and the server does without.
await import('./server.ts');
