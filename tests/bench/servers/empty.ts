/** The limit of the pages: an empty SvelteKit page by the same adapter, and nothing else. */
import { createServer } from 'node:http';
import { announce } from './announce.ts';

const built = new URL('../empty/build/handler.js', import.meta.url).href;
const { handler } = (await import(built)) as { handler: Parameters<typeof createServer>[1] };
const server = createServer({ keepAliveTimeout: 65_000 }, handler);
server.listen(0, '127.0.0.1', () => announce(server));
