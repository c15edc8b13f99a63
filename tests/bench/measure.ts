/** One run: a server process on the first core, a load process on the second, figures from both. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Plan, Seen } from './load/run.ts';
import type { Row } from './rows.ts';

/** How to start a server under test. */
export interface Contender {
	name: string;
	driver: Plan['driver'];
	/** Where an update is when the server says that it has it. */
	keeps: 'disk' | 'memory' | 'nowhere';
	command: string[];
	env?: Record<string, string>;
	/** Runs before the server starts; what it returns reaches the load process. */
	prepare?: (row: Row) => Promise<{ env: Record<string, string>; handover: unknown }>;
}

export interface Figures extends Seen {
	/** Length of the measured window, seconds. */
	seconds: number;
	/** Server CPU in percent of one core over the measured window. */
	cpu: number;
	/** Server CPU per delivered frame, microseconds. */
	cpuPerFrame: number;
	/** Resident memory of the server at the end of the window, MB. */
	memory: number;
	/** Resident memory that each connection added while nobody typed, kB. */
	perConnection: number;
	/** How late the server's event loop was, ms (p50, p99, most); empty where the server does not say. */
	loop: number[];
	/** Share of the machine that was busy with neither the server nor the load. */
	elsewhere: number;
	/** Acknowledged updates that somebody who connects afterwards is not given. */
	ackedLost: number;
}

export const TICKS = 100; // of /proc, per second; USER_HZ is 100 on every Linux that matters here
const pinned = cpus().length >= 2;

export async function measure(row: Row, contender: Contender, seconds: number): Promise<Figures> {
	const prepared = await contender.prepare?.(row);
	const server = start(0, contender.command, { ...contender.env, ...prepared?.env });
	try {
		const port = await portOf(server);
		const plan: Plan = {
			driver: contender.driver,
			port,
			editors: row.editors,
			rate: row.rate,
			warmRate: row.warmRate,
			readers: row.readers,
			// Servers run for weeks: what they do all the time should be compiled by then.
			warmup: 8,
			seconds,
			handover: prepared?.handover
		};
		// What starting left behind is cleared up before memory is compared.
		await delay(1_500);
		return await underLoad(server, contender, plan, seconds);
	} finally {
		server.kill('SIGKILL');
	}
}

/** A process on this core, where there are two. */
export function start(core: number, command: string[], env: Record<string, string>): ChildProcess {
	const [program = '', ...args] = pinned ? ['taskset', '-c', String(core), ...command] : command;
	return spawn(program, args, {
		stdio: ['ignore', 'pipe', 'inherit'],
		env: { ...process.env, ...env }
	});
}

/** Waits for the server's line `ready <port>` or its log's `listening` with an address. */
export function portOf(server: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		let text = '';
		server.stdout!.on('data', (chunk: Buffer) => {
			text += chunk.toString();
			const port = /^ready (\d+)$/m.exec(text)?.[1] ?? /"address":"[^"]*:(\d+)"/.exec(text)?.[1];
			if (port) resolve(Number(port));
		});
		server.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${text}`)));
	});
}

async function underLoad(
	server: ChildProcess,
	contender: Contender,
	plan: Plan,
	seconds: number
): Promise<Figures> {
	const load = startLoad(plan);
	let before = 0;
	let after = 0;
	let memory = 0;
	let busy = 0;
	let elsewhere = 0;
	let loop: number[] = [];
	const idle = residentKb(server.pid!);
	let connected = idle;
	load.on('message', (message: Record<string, boolean>) => {
		if (message.connected) {
			// Time to clear up after the handshakes.
			void delay(1_000).then(() => {
				connected = residentKb(server.pid!);
				load.send('go on');
			});
		}
		if (message.measuring) {
			before = ticks(server.pid!);
			busy = busyTicks() - before - ticks(load.pid!);
			// Reading the figures begins them anew.
			void loopOf(contender, plan.port);
		}
		if (!message.measured) return;
		after = ticks(server.pid!);
		busy = busyTicks() - after - ticks(load.pid!) - busy;
		elsewhere = busy / TICKS / seconds / cpus().length;
		memory = residentKb(server.pid!) / 1024;
		void loopOf(contender, plan.port).then((late) => (loop = late));
	});
	const seen = await seenBy(load);
	const used = (after - before) / TICKS;
	return {
		...seen,
		seconds,
		cpu: (100 * used) / seconds,
		cpuPerFrame: seen.frames > 0 ? (1e6 * used) / seen.frames : 0,
		memory,
		perConnection: (connected - idle) / Math.max(1, seen.sockets),
		loop,
		elsewhere,
		ackedLost: lostOf(seen)
	};
}

/** The load process, on the second core where there are two. */
export function startLoad(plan: Plan): ChildProcess {
	return fork(new URL('load/run.ts', import.meta.url), [], {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		execPath: pinned ? 'taskset' : process.execPath,
		execArgv: pinned ? ['-c', '1', process.execPath, '--max-old-space-size=4096'] : [],
		env: { ...process.env, BENCH_PLAN: JSON.stringify(plan) }
	});
}

/** What it reports at its end. */
export async function seenBy(load: ChildProcess): Promise<Seen> {
	let out = '';
	load.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
	const code = await new Promise<number | null>((resolve) => load.once('close', resolve));
	if (code !== 0) throw new Error(`The load process ended with ${code}`);
	return JSON.parse(out) as Seen;
}

/** CPU that a process has used so far, in ticks. */
export function ticks(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return Number(fields[11]) + Number(fields[12]);
}

/** Ticks in which any processor of the machine did anything. */
function busyTicks(): number {
	const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync(
		'/proc/stat',
		'utf8'
	)
		.split('\n')[0]!
		.trim()
		.split(/\s+/)
		.slice(1)
		.map(Number);
	return user + nice + system + irq + softirq + steal;
}

function residentKb(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
}

/** Our server publishes how late its loop was since the last question, the timer's own 10 ms included. */
async function loopOf({ driver }: Contender, port: number): Promise<number[]> {
	if (driver !== 'ours') return [];
	const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
	return ['p50', 'p99', 'max'].map((which) => {
		const value = new RegExp(`^nodejs_eventloop_lag_${which}_seconds (.+)$`, 'm').exec(text)?.[1];
		return Math.max(0, Number(value) * 1_000 - 10);
	});
}

/** How many acknowledged updates are not held. */
export function lostOf({ acked, held }: Pick<Seen, 'acked' | 'held'>): number {
	if (!held) return 0;
	const has = new Map(held);
	return acked.reduce(
		(sum, [client, clock]) => sum + Math.max(0, clock - (has.get(client) ?? 0)),
		0
	);
}
