import type { Logger } from 'pino';
import type { Bus } from './bus.ts';
import type { Config } from './config.ts';
import type { Store } from './db/store.ts';

/** What every use-case needs of the running process; the first argument of each of them. */
export interface House {
	readonly store: Store;
	readonly config: Config;
	readonly log: Logger;
	readonly bus: Bus;
	/** The time in ms; tests and the demo put their own here. */
	readonly clock: () => number;
}
