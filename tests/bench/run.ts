/** `npm run bench`: see README.md in this folder. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_ROWS, PROGRAMS, ROWS, type Row } from './rows.ts';
import type { Contender, Figures } from './measure.ts';
import type { Result } from './table.ts';

const MOST_ELSEWHERE = 0.15;
const ATTEMPTS = 4;
const here = new URL('.', import.meta.url).pathname;
const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		runs: { type: 'string', default: '3' },
		seconds: { type: 'string', default: '10' },
		only: { type: 'string' },
		json: { type: 'boolean', default: false },
		rows: { type: 'boolean', default: false }
	}
});

if (values.rows) {
	for (const row of ROWS) console.log(`${row.name}: ${describe(row)}`);
	for (const name of PROGRAMS) console.log(`${name}: see ${name}.ts`);
	process.exit(0);
}
const every = [...ROWS.map(({ name }) => name), ...PROGRAMS];
const asked = positionals.length > 0 ? positionals : DEFAULT_ROWS;
const names = asked.includes('all') ? every : asked;
const programs = names.filter((name) => PROGRAMS.includes(name));
const rows = names
	.filter((name) => !PROGRAMS.includes(name))
	.map((name) => {
		const row = ROWS.find((one) => one.name === name);
		if (!row) stop(`There is no row "${name}". Rows: all, ${every.join(', ')}.`);
		return row!;
	});

installPeers();
for (const name of programs) {
	say(name);
	const json = values.json ? ['--json'] : [];
	const { status } = spawnSync(process.execPath, [`${here}${name}.ts`, ...json], {
		stdio: 'inherit'
	});
	if (status === 0) continue;
	// A goal that was missed is told at the end, and does not keep the others from being measured.
	say(`${name} ended with ${status}`);
	process.exitCode = 1;
}
if (rows.length === 0) process.exit();
buildPages();
const { CONTENDERS } = await import('./contenders.ts');
const { measure } = await import('./measure.ts');
const { table } = await import('./table.ts');

const results: Result[] = [];
for (const row of rows) {
	const wanted = values.only?.split(',') ?? ['ours', ...row.peers];
	const contenders = CONTENDERS.filter((one) => wanted.includes(one.name));
	const found = new Map(contenders.map((one) => [one.name, [] as Result['runs']]));
	const turns = shuffled(
		contenders.flatMap((one) => Array.from({ length: Number(values.runs) }, () => one))
	);
	for (const [turn, contender] of turns.entries()) {
		say(`${row.name} ${turn + 1}/${turns.length}: ${contender.name} (${describe(row)})`);
		try {
			found.get(contender.name)!.push(await undisturbed(row, contender));
		} catch (error) {
			// One that cannot do the work says so in the table, and does not keep the others from it.
			say(`  did not finish: ${(error as Error).message}`);
		}
	}
	for (const { name, keeps } of contenders) {
		const runs = found.get(name)!;
		results.push({ row: row.name, server: name, keeps, runs, asked: Number(values.runs) });
	}
}

mkdirSync(`${here}results`, { recursive: true });
writeFileSync(`${here}results/latest.json`, JSON.stringify(results, null, '\t'));
console.log(values.json ? JSON.stringify(results) : table(results));

/** A run during which the machine did much else measures that: it is done again, within reason. */
async function undisturbed(row: Row, contender: Contender): Promise<Figures> {
	for (let attempt = 1; ; attempt += 1) {
		const figures = await measure(row, contender, Number(values.seconds));
		const p99 = figures.delivery[2]?.toFixed(1) ?? '–';
		const share = Math.round(100 * figures.elsewhere);
		say(`  CPU ${figures.cpu.toFixed(0)} %, delivery p99 ${p99} ms, ${share} % elsewhere`);
		if (figures.elsewhere <= MOST_ELSEWHERE || attempt === ATTEMPTS) return figures;
		say('  the machine did much else meanwhile: once more');
	}
}

function describe(row: Row): string {
	const readers = row.readers > 0 ? ` and ${row.readers} readers` : '';
	return `${row.editors} editors × ${row.rate}/s${readers}`;
}

function installPeers(): void {
	const newest = ['@hocuspocus/server', 'lighthouse'];
	if (newest.every((name) => existsSync(`${here}node_modules/${name}`))) return;
	say('installing the peers (once)');
	const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: here,
		stdio: ['ignore', 2, 2]
	});
	if (status !== 0) stop('The peers could not be installed.');
}

function buildPages(): void {
	if (process.env.FOLKMOOT_BUILT === '1') return;
	say('building the pages');
	const { status } = spawnSync('vite', ['build', '--logLevel', 'warn'], {
		stdio: ['ignore', 2, 2]
	});
	if (status !== 0) stop('The build failed.');
}

function shuffled<T>(list: T[]): T[] {
	const order = [...list];
	for (let i = order.length - 1; i > 0; i -= 1) {
		const j = Math.floor(Math.random() * (i + 1));
		[order[i], order[j]] = [order[j]!, order[i]!];
	}
	return order;
}

/** Progress goes to standard error, so that `--json` leaves clean output. */
function say(line: string): void {
	console.error(`▸ ${line}`);
}

function stop(reason: string): never {
	console.error(reason);
	process.exit(1);
}
