import { pino } from 'pino';
import { Bus } from '#lib/server/bus.ts';
import { readConfig, type Config } from '#lib/server/config.ts';
import type { House } from '#lib/server/house.ts';
import { freshStore } from './store.ts';

/** A clock that a test turns by hand; starts at a fixed, unremarkable moment. */
export class TestClock {
	now = Date.UTC(2026, 4, 4, 9, 0, 0);

	read = (): number => this.now;

	advance(ms: number): void {
		this.now += ms;
	}
}

/** A silent house on a fresh database, its clock in the test's hands. Call `close` when done. */
export async function freshHouse(
	settings: Partial<Config> = {}
): Promise<House & { time: TestClock; close: () => Promise<void> }> {
	const store = await freshStore();
	const time = new TestClock();
	return {
		store,
		config: { ...readConfig({}), ...settings },
		log: pino({ level: 'silent' }),
		bus: new Bus(),
		clock: time.read,
		time,
		close: () => store.close()
	};
}
