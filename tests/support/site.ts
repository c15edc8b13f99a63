/** The production server as the browser tests and screenshots use it: the demo on a database of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const START_MS = 120_000;
/** How the log names the address. */
const ADDRESS = /"address":"(http:[^"]+)"/;

/** A running site and where it is. */
export interface Site {
	url: string;
	/** Everything the server has printed so far. */
	output: () => string;
	/** Ends the server as a power cut would; `again` starts it on the same address and database. */
	kill(): Promise<void>;
	again(): Promise<void>;
	stop(): Promise<void>;
}

/** Builds the pages, unless FOLKMOOT_BUILT=1 says that it was done. Returns whether they are there. */
export function buildSite(): boolean {
	if (process.env.FOLKMOOT_BUILT === '1') return true;
	console.log('▸ building the pages');
	const bin = fileURLToPath(new URL('bin/vite.js', import.meta.resolve('vite/package.json')));
	const { status } = spawnSync(process.execPath, [bin, 'build', '--logLevel', 'warn'], {
		stdio: 'inherit'
	});
	return status === 0;
}

/** Starts the production server on a free port; resolves once it answers. `env` adds or replaces settings. */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
	const folder = mkdtempSync(join(tmpdir(), 'folkmoot-site-'));
	let server: ChildProcess;
	let output = '';
	let heardBefore = 0;
	const start = async (port: string) => {
		heardBefore = output.length;
		server = serve(join(folder, 'folkmoot.sqlite'), { PORT: port, ...env });
		const heard = (chunk: Buffer) => (output += chunk);
		server.stdout!.on('data', heard);
		server.stderr!.on('data', heard);
		return address(server, () => output.slice(heardBefore));
	};
	const stop = async () => {
		await end(server);
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const url = await start('0');
		const again = async () => void (await start(new URL(url).port));
		return { url, output: () => output, kill: () => end(server, 'SIGKILL'), again, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

function serve(database: string, env: Record<string, string>): ChildProcess {
	return spawn(process.execPath, ['src/start.ts'], {
		env: {
			...process.env,
			HOST: '127.0.0.1',
			LOG_LEVEL: 'info',
			FOLKMOOT_DEMO: '1',
			DATABASE_FILE: database,
			DATABASE_URL: '',
			...env
		},
		stdio: ['ignore', 'pipe', 'pipe']
	});
}

/** The address the server prints once it listens. */
function address(server: ChildProcess, output: () => string): Promise<string> {
	return new Promise((resolve, reject) => {
		const late = setTimeout(() => fail('did not answer in time'), START_MS);
		const fail = (why: string) => reject(new Error(`The server ${why}:\n${output()}`));
		const look = () => {
			const found = ADDRESS.exec(output())?.[1];
			if (!found) return;
			clearTimeout(late);
			resolve(found);
		};
		server.stdout!.on('data', look);
		server.on('exit', (code) => {
			clearTimeout(late);
			fail(`ended with code ${code}`);
		});
	});
}

function end(server: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		const forced = setTimeout(() => server.kill('SIGKILL'), 10_000);
		server.once('exit', () => {
			clearTimeout(forced);
			resolve();
		});
		server.kill(signal);
	});
}
