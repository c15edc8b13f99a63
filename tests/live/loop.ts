import { openSync, readSync } from 'node:fs';

const TURN_MS = 5;
const text = Buffer.alloc(100);
let stat: number | undefined;

/** The most seen between two turns of the event loop, ms. */
export interface Turns {
	late: number;
	/** The same without the time in which the machine gave the processor to somebody else. */
	held: number;
	/** What this thread computed. */
	computed: number;
}

/** Watches how long this thread's event loop is held; `turns` tells, and begins anew. */
export function watchLoop(): { turns(): Turns; stop(): void } {
	let most: Turns = { late: 0, held: 0, computed: 0 };
	let [wall, cpu, queued] = [performance.now(), cpuNow(), queuedNow()];
	const timer = setInterval(() => {
		const [thisWall, thisCpu, thisQueued] = [performance.now(), cpuNow(), queuedNow()];
		const late = thisWall - wall - TURN_MS;
		most = {
			late: Math.max(most.late, late),
			held: Math.max(most.held, late - (thisQueued - queued)),
			computed: Math.max(most.computed, thisCpu - cpu)
		};
		[wall, cpu, queued] = [thisWall, thisCpu, thisQueued];
	}, TURN_MS);
	timer.unref();
	return {
		turns() {
			const told = most;
			most = { late: 0, held: 0, computed: 0 };
			[wall, cpu, queued] = [performance.now(), cpuNow(), queuedNow()];
			return told;
		},
		stop: () => clearInterval(timer)
	};
}

/** The processor time of this thread so far, ms. */
export function cpuNow(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

/** How long this thread has waited for a processor, ms, by the kernel's account; 0 where there is none. */
function queuedNow(): number {
	try {
		stat ??= openSync('/proc/thread-self/schedstat', 'r');
		const length = readSync(stat, text, 0, text.length, 0);
		return Number(text.toString('latin1', 0, length).split(' ')[1]) / 1e6;
	} catch {
		return 0;
	}
}
