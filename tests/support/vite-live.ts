import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plugin } from 'vite';
import { runningHouse } from '#lib/server/running.ts';

/**
 * Gives the development server live sockets: the first request starts the house, which is then
 * attached to Vite's own HTTP server. An edit of a server file restarts the server, so that no
 * socket goes on talking to a stale copy of the domain.
 */
export function liveInDevelopment(): Plugin {
	let attached = false;
	return {
		name: 'folkmoot-live',
		apply: 'serve',
		configureServer(vite) {
			if (process.env.VITEST || !vite.httpServer) return;
			const server = vite.httpServer as Server;
			server.once('listening', () => {
				void vite.ssrLoadModule('/src/hooks.server.ts').then(async (hooks) => {
					await (hooks.init as () => Promise<void>)();
					runningHouse().attach(server);
					// Prints the set-up token of an empty house, as the production server does.
					runningHouse().listening(`http://localhost:${(server.address() as AddressInfo).port}`);
					attached = true;
				});
			});
			vite.watcher.on('change', (file) => {
				if (attached && /\.server\.ts$|src\/lib\/server\//.test(file)) void vite.restart();
			});
		}
	};
}
