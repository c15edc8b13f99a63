import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { House } from './house.ts';

/** The one started house of this process, as its HTTP server needs it. */
export interface RunningHouse {
	readonly house: House;
	/** Serves live sockets on this HTTP server. */
	attach(server: Server): void;
	/** Answers a request at once if it can; says whether it did. */
	answer(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
	/** Told once when the server answers, with the address people use. */
	listening(address: string): void;
	close(): Promise<void>;
}

// The pages are bundled apart from the entry file, so the two meet on the global object.
const key = Symbol.for('folkmoot.running');

/** Makes the started house known to the entry file (and to the development server). */
export function setRunningHouse(running: RunningHouse | undefined): void {
	(globalThis as Record<symbol, unknown>)[key] = running;
}

/** The started house. Throws when the pages have not been loaded yet. */
export function runningHouse(): RunningHouse {
	const running = (globalThis as Record<symbol, unknown>)[key] as RunningHouse | undefined;
	if (!running) throw new Error('The house has not been started: load the pages first.');
	return running;
}
