/**
 * The load process: connects everyone, lets the editors type for a warm-up and a measured window,
 * and prints what it saw as one line of JSON. Started by ../run.ts with its plan in the environment.
 */
import * as Y from 'yjs';
import type { Connection, Driver } from './driver.ts';
import { ours } from './ours.ts';
import { clocksFor, type Clocks } from './held.ts';
import { typed } from './updates.ts';
import { hocuspocus, rawWs, ySocketIo, yWebsocket } from './y-protocol.ts';

export interface Plan {
	driver: keyof typeof drivers;
	port: number;
	editors: number;
	/** Updates per second of each editor. */
	rate: number;
	/** The same before anything is measured. */
	warmRate?: number;
	readers: number;
	warmup: number;
	seconds: number;
	/** Nobody types: only what the server holds is read. */
	readOnly?: boolean;
	/** The server is going to be killed. */
	dies?: boolean;
	handover?: unknown;
}

export interface Seen {
	sent: number;
	frames: number;
	bytes: number;
	delivery: number[];
	acks: number[];
	undelivered: number;
	unacked: number;
	/** Share of one core that the load process itself used while measuring. */
	loadCpu: number;
	sockets: number;
	/** Of every editor's client id: how many of its updates were acknowledged. */
	acked: Clocks;
	/** How many the server holds of each, by a connection made afterwards; null when it holds none. */
	held: Clocks | null;
}

const drivers = {
	ours,
	hocuspocus,
	'y-websocket': yWebsocket,
	'y-socket-io': ySocketIo,
	'raw-ws': rawWs
};
const PROBES = 4;
const plan = JSON.parse(process.env.BENCH_PLAN ?? '{}') as Plan;
const driver: Driver = drivers[plan.driver];

const sentAt = new Map<number, number[]>();
const arrived: Map<number, Set<number>>[] = [];
const delivery: number[] = [];
const acks: number[] = [];
let measuring = false;
let windowStart = 0;
let windowEnd = Infinity;
let frames = 0;
let bytes = 0;
let loadCpu = 0;

const editors: { connection: Connection; sent: number; acked: number }[] = [];
const readers: Connection[] = [];
if (!plan.readOnly) {
	await connectAll();
	await tell('connected');
	await type();
}
await report();

/** Waits for the answer: what is measured at this moment must not be disturbed. */
function tell(what: string): Promise<void> {
	process.send?.({ [what]: true });
	return new Promise((resolve) => process.once('message', () => resolve()));
}

async function connectAll(): Promise<void> {
	const all = plan.editors + plan.readers;
	for (let index = 0; index < all; index += 50) {
		const batch = Array.from({ length: Math.min(50, all - index) }, (_, i) => join(index + i));
		await Promise.all(batch);
	}
}

async function join(index: number): Promise<void> {
	const reader = index >= plan.editors;
	const probe = index < PROBES || (reader && index < plan.editors + PROBES);
	const seen = new Map<number, Set<number>>();
	if (probe) arrived.push(seen);
	const state = { sent: 0, acked: 0 };
	const connection = await driver({
		port: plan.port,
		index,
		probe,
		reader,
		handover: plan.handover,
		sink: {
			frame(size) {
				if (!measuring) return;
				frames += 1;
				bytes += size;
			},
			update: (update) => arrive(update, seen),
			ack(upTo) {
				const times = sentAt.get(editors[index]!.connection.client)!;
				if (!probe) state.acked = Math.max(state.acked, upTo + 1);
				for (; state.acked <= upTo; state.acked += 1) {
					const at = times[state.acked]!;
					if (inWindow(at)) acks.push(performance.now() - at);
				}
			}
		}
	});
	if (reader) readers.push(connection);
	else {
		editors[index] = Object.assign(state, { connection });
		sentAt.set(connection.client, []);
	}
}

/** Each update may hold many editors' characters: every one of them has arrived now. */
function arrive(update: Uint8Array, seen: Map<number, Set<number>>): void {
	const now = performance.now();
	for (const struct of Y.decodeUpdate(update).structs) {
		const times = sentAt.get(struct.id.client);
		if (!times) continue;
		let units = seen.get(struct.id.client);
		if (!units) seen.set(struct.id.client, (units = new Set()));
		for (let clock = struct.id.clock; clock < struct.id.clock + struct.length; clock += 1) {
			if (units.has(clock)) continue;
			units.add(clock);
			const at = times[clock];
			if (at !== undefined && inWindow(at)) delivery.push(now - at);
		}
	}
}

function inWindow(at: number): boolean {
	return at >= windowStart && at < windowEnd;
}

async function type(): Promise<void> {
	let interval = 1000 / (plan.warmRate ?? plan.rate);
	const began = performance.now();
	const next = editors.map((_, index) => began + (index / editors.length) * interval);
	windowStart = began + plan.warmup * 1000;
	windowEnd = windowStart + plan.seconds * 1000;
	let cpu = process.cpuUsage();
	while (performance.now() < windowEnd) {
		const now = performance.now();
		if (!measuring && now >= windowStart) {
			measuring = true;
			interval = 1000 / plan.rate;
			// The first one each has waited for already is at the new pace, too.
			editors.forEach((_, index) => (next[index] = now + (index / editors.length) * interval));
			cpu = process.cpuUsage();
			process.send?.({ measuring: true });
		}
		editors.forEach((editor, index) => {
			if (now < next[index]!) return;
			next[index]! += interval;
			const { client, start } = editor.connection;
			sentAt.get(client)!.push(performance.now());
			editor.connection.send(typed(client, editor.sent, start), editor.sent);
			editor.sent += 1;
		});
		const soonest = Math.min(...next);
		await new Promise((resolve) => setTimeout(resolve, Math.max(0, soonest - performance.now())));
	}
	measuring = false;
	process.send?.({ measured: true });
	const used = process.cpuUsage(cpu);
	loadCpu = (used.user + used.system) / 1e6 / plan.seconds;
	// Whatever is still on its way gets three seconds; what has not come by then counts as undelivered.
	await new Promise((resolve) => setTimeout(resolve, 3_000));
}

async function report(): Promise<void> {
	let expected = 0;
	for (const times of sentAt.values()) expected += times.filter(inWindow).length;
	// An editor's own updates may not come back to it, so they are not expected of its own probe.
	let missing = 0;
	arrived.forEach((seen, probe) => {
		for (const [client, times] of sentAt) {
			if (editors[probe]?.connection.client === client) continue;
			times.forEach((at, clock) => {
				if (inWindow(at) && !seen.get(client)?.has(clock)) missing += 1;
			});
		}
	});
	const seen: Seen = {
		sent: expected,
		frames,
		bytes,
		delivery: summary(delivery),
		acks: summary(acks),
		undelivered: missing,
		unacked: acks.length > 0 ? expectedAcks() - acks.length : 0,
		loadCpu,
		sockets: editors.length + readers.length,
		acked: editors.map(({ connection, acked }) => [connection.client, acked]),
		held: plan.dies ? null : await clocksFor(driver, plan)
	};
	console.log(JSON.stringify(seen));
	for (const { connection } of editors) connection.close();
	for (const connection of readers) connection.close();
	process.exit(0);
}

function expectedAcks(): number {
	const probing = editors.slice(0, PROBES).map(({ connection }) => sentAt.get(connection.client)!);
	return probing.flat().filter(inWindow).length;
}

/** p50, p95, p99 in milliseconds; empty when nothing was seen. */
function summary(values: number[]): number[] {
	if (values.length === 0) return [];
	const sorted = Float64Array.from(values).sort();
	return [0.5, 0.95, 0.99].map(
		(q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!
	);
}
