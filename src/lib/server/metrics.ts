import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Store } from './db/store.ts';

/** What the live engine reports as it happens. */
export interface Meter {
	/** A frame is on disk and sent: so many updates in it. */
	frame(updates: number): void;
	/** An update was acknowledged so many milliseconds after it had arrived. */
	acknowledged(ms: number): void;
}

/** What is looked up when somebody asks. */
export interface Sources {
	live(): {
		connections: number;
		documents: number;
		waiting: number;
		backlog: number;
		refused: Record<string, number>;
	};
	store: Pick<Store, 'waiting'>;
}

export type Metrics = ReturnType<typeof createMetrics>;

const LATENCIES = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The figures of one process, in Prometheus' text. README.md lists them, and the alerts to set. */
export function createMetrics() {
	const registry = new Registry();
	const registers = [registry];
	const frames = new Counter({
		name: 'folkmoot_frames_total',
		help: 'Commits that brought updates, by document',
		registers
	});
	const updates = new Counter({
		name: 'folkmoot_updates_total',
		help: 'Updates put on disk',
		registers
	});
	const acknowledged = new Histogram({
		name: 'folkmoot_ack_seconds',
		help: 'From the arrival of an update to its acknowledgement',
		buckets: LATENCIES,
		registers
	});
	const database = new Histogram({
		name: 'folkmoot_database_seconds',
		help: 'Database transactions, with the wait for their turn',
		buckets: LATENCIES,
		registers
	});
	const alarms = new Counter({
		name: 'folkmoot_alarms_total',
		help: 'Lines of the log that raise an alarm',
		labelNames: ['alarm'],
		registers
	});

	return {
		meter: {
			frame(count) {
				frames.inc();
				updates.inc(count);
			},
			acknowledged: (ms) => acknowledged.observe(ms / 1000)
		} satisfies Meter as Meter,

		alarm: (name: string): void => alarms.inc({ alarm: name }),

		/** The same store, its transactions timed. */
		timed<S extends Store>(store: S): S {
			const transact: Store['transact'] = async (work) => {
				const done = database.startTimer();
				try {
					return await store.transact(work);
				} finally {
					done();
				}
			};
			return { ...store, transact };
		},

		/** Adds what is only looked up when somebody asks: the process itself, the engine, the queues. */
		watch({ live, store }: Sources): void {
			collectDefaultMetrics({ register: registry });
			const looked: [name: string, help: string, look: () => number][] = [
				['folkmoot_connections', 'Live connections', () => live().connections],
				['folkmoot_documents_open', 'Documents open in memory', () => live().documents],
				['folkmoot_updates_waiting', 'Updates waiting for the disk', () => live().waiting],
				['folkmoot_backlog_bytes', 'Bytes that wait for the slowest', () => live().backlog],
				['folkmoot_database_waiting', 'Transactions running or waiting', store.waiting]
			];
			for (const [name, help, look] of looked) {
				const collect = function (this: Gauge): void {
					this.set(look());
				};
				new Gauge({ name, help, registers, collect });
			}
			new Counter({
				name: 'folkmoot_refused_updates_total',
				help: 'Updates refused, by reason',
				labelNames: ['reason'],
				registers,
				collect() {
					this.reset();
					for (const [reason, times] of Object.entries(live().refused)) this.inc({ reason }, times);
				}
			});
		},

		contentType: registry.contentType,
		text: (): Promise<string> => registry.metrics(),
		/** Stops what `watch` has begun. */
		clear: (): void => registry.clear()
	};
}

/** The figures of this process. */
export const metrics = createMetrics();
