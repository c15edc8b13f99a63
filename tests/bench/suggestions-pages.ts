/**
 * What people wait for on the pages of a text with 1,000 open suggestions and 10,000 ratings, from the
 * production server: 20 readers, each signed in as another citizen, ask for the reading page without a
 * pause (and then the policy team for its desk) while one person types five times a second.
 */
import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { rm } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { memoryStorage } from '../../src/lib/documents/live/client-storage.ts';
import { openLiveDocument } from '../../src/lib/documents/live/client.ts';
import { buildSite } from '../support/site.ts';
import type { Answered, Asking } from './load/http.ts';
import { portOf, start } from './measure.ts';
import { suggestionsHouse } from './suggestions-house.ts';

const READERS = 20;
const SECONDS = 12;
const TYPING_MS = 200;
const GOAL_MS = 300;

/** Measures each page and prints a line for it; returns whether all met the goal. */
export async function measurePages(): Promise<boolean> {
	if (!buildSite()) throw new Error('The build failed.');
	const house = await suggestionsHouse();
	console.log(`${house.suggestions} suggestions and ${house.ratings} ratings on one text`);
	const server = start(0, [process.execPath, 'src/start.ts'], {
		...{ DATABASE_FILE: house.file, DATABASE_URL: '', FOLKMOOT_DEMO: '0' },
		...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', NODE_ENV: 'production' }
	});
	try {
		const port = await portOf(server);
		const page = `/documents/${house.slug}`;
		const readers = house.citizens.slice(0, READERS).map(({ cookie }) => cookie);
		const team = Array.from({ length: READERS }, () => house.team.cookie);
		const picked = Array.from({ length: 15 }, (_, at) => `&pick=suggestion${at * 20}`).join('');
		const pages: Array<[name: string, path: string, cookies: string[]]> = [
			['reading page', page, readers],
			['reading page, with suggestions', `${page}?view=suggestions`, readers],
			['merge desk', `${page}/desk`, team],
			['merge desk, 15 picked', `${page}/desk?sort=oldest${picked}`, team]
		];
		const typing = type(port, house.documentId, house.people[0]!.cookie);
		let met = true;
		for (const [name, path, cookies] of pages) {
			const { answers, failed, p50, p95, p99 } = await ask({ port, path, cookies });
			met &&= p95 < GOAL_MS && failed === 0;
			console.log(
				`${name}: ${answers} answers in ${SECONDS} s to ${READERS} readers, ` +
					`p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms` +
					(failed > 0 ? `, ${failed} failed` : '')
			);
		}
		console.log(`typed ${await typing.stop()} times meanwhile`);
		return met;
	} finally {
		server.kill('SIGTERM');
		await rm(dirname(house.file), { recursive: true, force: true });
	}
}

function ask(of: Pick<Asking, 'port' | 'path'> & { cookies: string[] }): Promise<Answered> {
	const headers = { 'Accept-Encoding': 'gzip, deflate, br', Accept: 'text/html' };
	const asking: Asking = { ...of, headers, connections: READERS, warmup: 4, seconds: SECONDS };
	const pinned = cpus().length >= 2;
	const load = fork(new URL('load/http.ts', import.meta.url), [], {
		execPath: pinned ? 'taskset' : process.execPath,
		execArgv: pinned ? ['-c', '1', process.execPath] : [],
		env: { ...process.env, BENCH_ASKING: JSON.stringify(asking) }
	});
	return new Promise((resolve, reject) => {
		load.on('message', (message: string | Answered) => {
			if (typeof message !== 'string') resolve(message);
		});
		load.once('exit', (code) => code && reject(new Error(`The load ended with ${code}`)));
	});
}

/** One person types a word five times a second, all over the text. */
function type(port: number, documentId: string, cookie: string) {
	const url = `http://127.0.0.1:${port}`;
	const document = openLiveDocument({
		...{ url, documentId, storage: memoryStorage() },
		io: { transports: ['websocket'], extraHeaders: { origin: url, cookie } }
	});
	let typed = 0;
	let going = true;
	const done = (async () => {
		while (going) {
			if (document.writable) {
				document.body.insert((typed * 7_919) % document.body.length, 'typed ');
				typed += 1;
			}
			await pause(TYPING_MS);
		}
		await document.close();
	})();
	return {
		async stop() {
			going = false;
			await done;
			return typed;
		}
	};
}
