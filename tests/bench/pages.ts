/**
 * Pages of a 10,000-word draft with 2,000 annotations beside an empty SvelteKit page: requests per
 * second over kept connections, what they cost the server, and how heavy they are. Run with
 * `npm run bench -- pages`.
 */
import { fork, spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { rm } from 'node:fs/promises';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Answered, Asking } from './load/http.ts';
import { portOf, start, ticks, TICKS } from './measure.ts';
import { pagesHouse } from './pages-house.ts';

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '3' },
		seconds: { type: 'string', default: '4' },
		only: { type: 'string' },
		json: { type: 'boolean', default: false }
	}
});
const WORDS = 10_000;
const ANNOTATIONS = 2_000;
const here = new URL('.', import.meta.url).pathname;

interface Case {
	name: string;
	server: 'ours' | 'empty';
	path: string;
	headers: Record<string, string>;
	/** Ask again with the ETag of the first answer. */
	again?: boolean;
}

interface Figures {
	perSecond: number;
	/** Server CPU for one answer, ms. */
	cpuMs: number;
	p99: number;
	loadCpu: number;
	failed: number;
}

build();
say(`writing a draft of ${WORDS} words with ${ANNOTATIONS} annotations`);
const house = await pagesHouse(WORDS, ANNOTATIONS);
const page = `/documents/${house.slug}`;
const browser = { 'Accept-Encoding': 'gzip, deflate, br' };
const CASES: Case[] = [
	{ name: 'empty SvelteKit page', server: 'empty', path: '/', headers: browser },
	{ name: 'reading page, visitor', server: 'ours', path: page, headers: browser },
	{ name: 'the same, 304', server: 'ours', path: page, headers: browser, again: true },
	{ name: 'the same, uncompressed', server: 'ours', path: page, headers: {} },
	{ name: 'list of annotations', server: 'ours', path: `${page}/annotations`, headers: browser },
	{
		name: 'reading page, signed in',
		server: 'ours',
		path: page,
		headers: { ...browser, Cookie: house.cookie }
	}
];
const wanted = CASES.filter(({ name }) => !values.only || name.includes(values.only));
const servers = {
	empty: start(0, [process.execPath, `${here}servers/empty.ts`], {}),
	ours: start(0, [process.execPath, `${here}../../src/start.ts`], {
		DATABASE_FILE: house.file,
		...{ DATABASE_URL: '', FOLKMOOT_DEMO: '0', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
		NODE_ENV: 'production'
	})
};
try {
	const ports = { empty: await portOf(servers.empty), ours: await portOf(servers.ours) };
	const found = new Map(wanted.map(({ name }) => [name, [] as Figures[]]));
	for (let run = 0; run < Number(values.runs); run += 1) {
		for (const one of shuffled(wanted)) {
			const figures = await ask(one, ports[one.server]);
			found.get(one.name)!.push(figures);
			say(`${one.name}: ${figures.perSecond.toFixed(0)}/s, ${figures.cpuMs.toFixed(2)} ms`);
		}
	}
	const weights = new Map<string, Weight>();
	for (const one of wanted) weights.set(one.name, await weigh(one, ports[one.server]));
	report(found, weights);
} finally {
	for (const server of Object.values(servers)) server.kill('SIGTERM');
	await rm(dirname(house.file), { recursive: true, force: true });
	// Left behind, it would be taken for source by the static checks.
	await rm(`${here}empty/build`, { recursive: true, force: true });
}

async function ask(one: Case, port: number): Promise<Figures> {
	const headers = { ...one.headers };
	if (one.again) headers['If-None-Match'] = await etagOf(one, port);
	const seconds = Number(values.seconds);
	const asking: Asking = { port, path: one.path, headers, connections: 16, warmup: 1, seconds };
	const pinned = cpus().length >= 2;
	const load = fork(new URL('load/http.ts', import.meta.url), [], {
		execPath: pinned ? 'taskset' : process.execPath,
		execArgv: pinned ? ['-c', '1', process.execPath] : [],
		env: { ...process.env, BENCH_ASKING: JSON.stringify(asking) }
	});
	const pid = servers[one.server].pid!;
	let [before, after] = [0, 0];
	const answered = await new Promise<Answered>((resolve, reject) => {
		load.on('message', (message: 'measuring' | 'measured' | Answered) => {
			if (message === 'measuring') before = ticks(pid);
			else if (message === 'measured') after = ticks(pid);
			else resolve(message);
		});
		load.once(
			'exit',
			(code) => code && reject(new Error(`${one.name}: the load ended with ${code}`))
		);
	});
	const { answers, failed, p99, cpu } = answered;
	const cpuMs = (1_000 * (after - before)) / TICKS / Math.max(1, answers);
	return { perSecond: answers / seconds, cpuMs, p99, loadCpu: cpu, failed };
}

async function etagOf({ path, headers }: Case, port: number): Promise<string> {
	const response = await fetch(`http://localhost:${port}${path}`, { headers });
	await response.arrayBuffer();
	return response.headers.get('etag') ?? '';
}

interface Weight {
	raw: number;
	gzip: number;
	brotli: number;
}

async function weigh({ path, headers }: Case, port: number): Promise<Weight> {
	const response = await fetch(`http://localhost:${port}${path}`, { headers });
	const bytes = Buffer.from(await response.arrayBuffer());
	return {
		raw: bytes.length,
		gzip: gzipSync(bytes).length,
		brotli: brotliCompressSync(bytes).length
	};
}

function report(found: Map<string, Figures[]>, weights: Map<string, Weight>): void {
	const limit = median(found.get(CASES[0]!.name) ?? []);
	const rows = [...found].map(([name, runs]) => {
		const { raw, gzip, brotli } = weights.get(name)!;
		return { page: name, ...median(runs), raw, gzip, brotli };
	});
	if (values.json) {
		console.log(JSON.stringify(rows));
		return;
	}
	console.log(
		'| page | requests/s | of the empty page | server CPU per answer, ms | of the empty page | p99 ms | load CPU | HTML kB | gzip | brotli |'
	);
	console.log('| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: |');
	const kB = (bytes: number) => (bytes / 1_000).toFixed(1);
	for (const row of rows) {
		const cells = [
			row.page + (row.failed > 0 ? ` (${row.failed} failed)` : ''),
			row.perSecond.toFixed(0),
			limit && `${(row.perSecond / limit.perSecond).toFixed(2)} ×`,
			row.cpuMs.toFixed(3),
			limit && `${(limit.cpuMs / row.cpuMs).toFixed(2)} ×`,
			row.p99.toFixed(1),
			`${row.loadCpu.toFixed(0)} %`,
			...[row.raw, row.gzip, row.brotli].map(kB)
		];
		console.log(`| ${cells.join(' | ')} |`);
	}
}

/** The run in the middle by requests per second. */
function median(runs: Figures[]): Figures {
	return runs.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)]!;
}

function shuffled<T>(list: T[]): T[] {
	return list
		.map((one) => ({ one, place: Math.random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ one }) => one);
}

function build(): void {
	const apps = [`${here}empty`, ...(process.env.FOLKMOOT_BUILT === '1' ? [] : [`${here}../..`])];
	for (const cwd of apps) {
		const { status } = spawnSync('vite', ['build', '--logLevel', 'error'], {
			cwd,
			stdio: ['ignore', 2, 2]
		});
		if (status !== 0) throw new Error(`The build of ${cwd} failed.`);
	}
}

/** Progress goes to standard error, so that `--json` leaves clean output. */
function say(line: string): void {
	console.error(`▸ ${line}`);
}
