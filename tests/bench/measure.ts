/** One run: a server process on the first core, a load process on the second, figures from both. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { Plan, Seen } from './load/run.ts';
import type { Row } from './rows.ts';

/** How to start a server under test. */
export interface Contender {
	name: string;
	driver: Plan['driver'];
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
			readers: row.readers,
			warmup: 3,
			seconds,
			handover: prepared?.handover
		};
		return await underLoad(server, plan, seconds);
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

async function underLoad(server: ChildProcess, plan: Plan, seconds: number): Promise<Figures> {
	const load = fork(new URL('load/run.ts', import.meta.url), [], {
		stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
		execPath: pinned ? 'taskset' : process.execPath,
		execArgv: pinned ? ['-c', '1', process.execPath, '--max-old-space-size=4096'] : [],
		env: { ...process.env, BENCH_PLAN: JSON.stringify(plan) }
	});
	let before = 0;
	let after = 0;
	let memory = 0;
	load.on('message', (message: Record<string, boolean>) => {
		if (message.measuring) before = ticks(server.pid!);
		if (!message.measured) return;
		after = ticks(server.pid!);
		memory = residentMb(server.pid!);
	});
	let out = '';
	load.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
	const code = await new Promise<number | null>((resolve) => load.once('close', resolve));
	if (code !== 0) throw new Error(`The load process ended with ${code}`);
	const seen = JSON.parse(out) as Seen;
	const used = (after - before) / TICKS;
	return {
		...seen,
		seconds,
		cpu: (100 * used) / seconds,
		cpuPerFrame: seen.frames > 0 ? (1e6 * used) / seen.frames : 0,
		memory
	};
}

/** CPU that a process has used so far, in ticks. */
export function ticks(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
		.replace(/^.*\) /, '')
		.split(' ');
	return Number(fields[11]) + Number(fields[12]);
}

function residentMb(pid: number): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}
