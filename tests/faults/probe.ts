/**
 * Loaded beside the production server (`node --import`), never part of it: measures from inside how
 * long the event loop was held, and can turn the process's clock. Answers over the IPC channel.
 */
import { Socket as NetSocket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Socket } from 'socket.io';
import { cpuNow, watchLoop, type Turns } from '../live/loop.ts';

/** What the probe answers. Times in milliseconds, memory in bytes. */
export interface Probed extends Turns {
	/** The most that this thread computed for one message of a client. */
	handler: number;
	rss: number;
	heap: number;
	/** What the program holds, on the heap and beside it; the database's own caches are not in it. */
	memory: number;
}

let handler = 0;
const loop = watchLoop();

// Everything that a client sends comes in by this method, and is dealt with before it returns.
interface Inlet {
	push(chunk: unknown, encoding?: BufferEncoding): boolean;
}
const inlet = NetSocket.prototype as unknown as Inlet;
const { push } = inlet;
inlet.push = function (...given) {
	const began = cpuNow();
	try {
		return push.apply(this, given);
	} finally {
		handler = Math.max(handler, cpuNow() - began);
	}
};
// What does not come whole is put together first: Socket.IO then hands it out through this one.
interface Emitter {
	emitUntyped(...event: unknown[]): boolean;
}
const emitter = Object.getPrototypeOf(Socket.prototype) as Emitter;
const { emitUntyped } = emitter;
emitter.emitUntyped = function (...event) {
	const began = cpuNow();
	try {
		return emitUntyped.apply(this, event);
	} finally {
		handler = Math.max(handler, cpuNow() - began);
	}
};

let shift = 0;
if (process.env.FAULTS_CLOCK) {
	const Real = Date;
	globalThis.Date = class extends Real {
		constructor(...given: []) {
			if (given.length === 0) super(Real.now() + shift);
			else super(...given);
		}
		static override now(): number {
			return Real.now() + shift;
		}
	} as DateConstructor;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Ask {
	id: number;
	ask: 'figures' | 'collect' | 'shift';
	ms?: number;
}

process.on('message', ({ id, ask, ms }: Ask) => {
	if (ask === 'shift') shift = ms ?? 0;
	if (ask === 'collect') for (let round = 0; round < 4; round += 1) collect();
	const { rss, heapUsed: heap, external } = process.memoryUsage();
	// A collection just asked for is not the server's doing: beginning anew leaves it out.
	const probed = { ...loop.turns(), handler, rss, heap, memory: heap + external };
	handler = 0;
	process.send?.({ id, probed });
});
process.channel?.unref();
// Whoever started it is gone: nobody would ever end it.
process.on('disconnect', () => process.exit(1));
