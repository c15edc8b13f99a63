/**
 * Runs the named suites one after the other and closes with one honest line over all of them.
 * `npm test` names unit, integration, live and browser; `npm run test:cluster` the two that need
 * PostgreSQL. Suites: unit, integration, live, browser, cluster.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';

interface Sum {
	passed: number;
	failed: number;
	skipped: number;
}

const names = process.argv.slice(2);
const total: Sum = { passed: 0, failed: 0, skipped: 0 };
mkdirSync('test-results', { recursive: true });

if (names.some((name) => ['live', 'browser', 'cluster'].includes(name))) build();
for (const name of names) {
	const began = performance.now();
	console.log(`\n▸ ${name}`);
	const sum = runSuite(name);
	const seconds = Math.round((performance.now() - began) / 1000);
	console.log(`▸ ${name}: ${sum.passed} passed, ${sum.failed} failed (${seconds} s)`);
	for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += sum[key];
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);

function build(): void {
	if (process.env.FOLKMOOT_BUILT === '1') return;
	console.log('▸ building the pages');
	const { status } = spawnSync('vite', ['build', '--logLevel', 'warn'], { stdio: 'inherit' });
	if (status !== 0) {
		console.log('\n0 passed, 1 failed');
		process.exit(1);
	}
	process.env.FOLKMOOT_BUILT = '1';
}

function runSuite(name: string): Sum {
	const report = `test-results/${name}.json`;
	rmSync(report, { force: true });
	const env = { ...process.env };
	// Only the cluster suite is for PostgreSQL: the others bring databases of their own, in files.
	if (name !== 'cluster') delete env.DATABASE_URL;
	if (name === 'browser') {
		env.PLAYWRIGHT_JSON_OUTPUT_NAME = report;
		const { status } = spawnSync('node', ['tests/support/e2e.ts', '--reporter=list,json'], {
			stdio: 'inherit',
			env
		});
		return readPlaywright(report, status);
	}
	if (name === 'cluster' && !env.DATABASE_URL) {
		console.error('Set DATABASE_URL=postgres://… to run the cluster suite.');
		return { passed: 0, failed: 1, skipped: 0 };
	}
	const projects = name === 'cluster' ? ['integration', 'live'] : [name];
	const args = [
		'run',
		...projects.flatMap((project) => ['--project', project]),
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${report}`
	];
	const { status } = spawnSync('vitest', args, { stdio: 'inherit', env });
	return readVitest(report, status);
}

function readVitest(report: string, status: number | null): Sum {
	const json = read(report) as Record<string, number> | undefined;
	if (!json) return { passed: 0, failed: 1, skipped: 0 };
	const failed =
		(json.numFailedTests ?? 0) + (json.numFailedTestSuites ? (json.numFailedTests ? 0 : 1) : 0);
	return {
		passed: json.numPassedTests ?? 0,
		failed: failed === 0 && status !== 0 ? 1 : failed,
		skipped: json.numPendingTests ?? 0
	};
}

function readPlaywright(report: string, status: number | null): Sum {
	const json = read(report) as { stats: Record<string, number> } | undefined;
	if (!json) return { passed: 0, failed: 1, skipped: 0 };
	const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = json.stats;
	return {
		passed: expected + flaky,
		failed: unexpected === 0 && status !== 0 ? 1 : unexpected,
		skipped
	};
}

function read(report: string): unknown {
	try {
		return JSON.parse(readFileSync(report, 'utf8'));
	} catch {
		return undefined;
	}
}
