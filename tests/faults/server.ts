import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { MEMORY } from '#lib/server/memory.ts';
import type { Probed } from './probe.ts';

export interface ServerOptions {
	file: string;
	/** Any when left out; a restarted server takes the port of the one before. */
	port?: number;
	env?: Record<string, string>;
	/** A program that starts the server for us, with its arguments: `prlimit --fsize=…`. */
	through?: string[];
}

/** The production server as a process of its own: `node src/server.ts` on the built pages. */
export class HouseServer {
	readonly #child: ChildProcess;
	readonly #asked = new Map<number, (probed: Probed) => void>();
	#asks = 0;
	/** Lines of its log that raise an alarm, by alarm. */
	readonly alarms = new Map<string, number>();
	readonly port: number;
	readonly gone: Promise<{ code: number | null; signal: string | null }>;

	private constructor(child: ChildProcess, port: number, log: Log) {
		this.#child = child;
		this.port = port;
		log.hear = (line) => this.#hear(line);
		for (const line of log.lines) this.#hear(line);
		log.lines = [];
		this.gone = new Promise((done) => {
			child.once('exit', (code, signal) => done({ code, signal }));
		});
		child.on('message', ({ id, probed }: { id: number; probed: Probed }) => {
			this.#asked.get(id)?.(probed);
			this.#asked.delete(id);
		});
	}

	/** Starts it and waits until it serves. */
	static async start({ file, port: wanted = 0, env = {}, through = [] }: ServerOptions) {
		const port = wanted || (await freePort());
		// As `npm start` does it; that would leave the probe without its channel.
		const node = [...MEMORY.flags, '--import', './tests/faults/probe.ts', 'src/server.ts'];
		const [program, ...args] = [...through, process.execPath, ...node] as [string, ...string[]];
		const child = spawn(program, args, {
			env: {
				...process.env,
				...MEMORY.env,
				HOST: '127.0.0.1',
				PORT: String(port),
				DATABASE_FILE: file,
				LOG_LEVEL: 'info',
				...env
			},
			stdio: ['ignore', 'pipe', 'inherit', 'ipc']
		});
		const log: Log = { lines: [], hear: null };
		const address = await new Promise<string>((done, fail) => {
			let rest = '';
			child.stdout!.on('data', (chunk: Buffer) => {
				const lines = (rest + chunk.toString()).split('\n');
				rest = lines.pop() ?? '';
				for (const line of lines) {
					if (log.hear) log.hear(line);
					else log.lines.push(line);
					const found = /"address":"([^"]+)"/.exec(line);
					if (found) done(found[1]!);
				}
			});
			child.once('exit', (code) => fail(new Error(`The server ended with ${code} at its start`)));
		});
		return new HouseServer(child, Number(new URL(address).port), log);
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get pid(): number {
		return this.#child.pid!;
	}

	/** The processor time that it has taken so far, of all its threads. */
	cpuMs(): number {
		const fields = readFileSync(`/proc/${this.pid}/stat`, 'latin1').split(') ')[1]!.split(' ');
		// User and system time, in hundredths of a second.
		return (Number(fields[11]) + Number(fields[12])) * 10;
	}

	get alive(): boolean {
		return this.#child.exitCode === null && this.#child.signalCode === null;
	}

	/** What happened inside since the last question. */
	async figures(): Promise<Probed> {
		return this.#ask('figures');
	}

	/** Collects garbage, then answers. */
	async collect(): Promise<Probed> {
		return this.#ask('collect');
	}

	/** Puts its clock this far from the true time; it must have been started with FAULTS_CLOCK. */
	async shift(ms: number): Promise<void> {
		await this.#ask('shift', ms);
	}

	/** Sends the signal and waits for the end. */
	async end(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL') {
		if (this.alive) this.#child.kill(signal);
		return this.gone;
	}

	#ask(ask: string, ms?: number): Promise<Probed> {
		this.#asks += 1;
		const id = this.#asks;
		return new Promise((done, fail) => {
			this.#asked.set(id, done);
			this.#child.send({ id, ask, ms }, (error) => error && fail(error));
		});
	}

	#hear(line: string): void {
		const alarm = /"alarm":"(\w+)"/.exec(line)?.[1];
		if (alarm) this.alarms.set(alarm, (this.alarms.get(alarm) ?? 0) + 1);
		if (process.env.FAULTS_LOG) console.error(line);
	}
}

/**
 * A port that is free, and below those that connections are given: while a server is down, one of its
 * clients might otherwise be given the server's own port and connect to itself.
 */
async function freePort(): Promise<number> {
	for (;;) {
		const port = randomInt(12_000, 32_000);
		const probe = createServer();
		const free = await new Promise<boolean>((done) => {
			probe.once('error', () => done(false));
			probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
		});
		if (free) return port;
	}
}

interface Log {
	lines: string[];
	hear: ((line: string) => void) | null;
}

/** One of the figures that the server publishes. */
export async function figure(url: string, name: string): Promise<number> {
	const answer = await fetch(`${url}/metrics`);
	const line = (await answer.text()).split('\n').find((one) => one.startsWith(`${name} `));
	if (!line) throw new Error(`${name} is not published (${answer.status})`);
	return Number(line.split(' ')[1]);
}
