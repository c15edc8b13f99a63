/**
 * `npm run test:e2e`: the browser tests against the production server. Finds a browser, builds (unless
 * FOLKMOOT_BUILT=1), serves the demo from a database of its own and runs Playwright; arguments
 * are passed on (`npm run test:e2e -- access -g Documents`). Closes with `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from './browser.ts';
import { buildSite, startSite, type Site } from './site.ts';

// Absolute: Playwright would take it as relative to its own configuration.
const report = resolvePath(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/browser.json');
process.exitCode = await main();

async function main(): Promise<number> {
	mkdirSync('test-results', { recursive: true });
	rmSync(report, { force: true });
	const browser = findBrowser();
	console.log(`▸ browser: ${browser}`);
	if (!buildSite()) return close(1, { expected: 0, unexpected: 1 });
	const sites: Site[] = [];
	try {
		sites.push(await startSite(), await startSite({ FOLKMOOT_DEMO: '0' }));
		return close(await playwright(browser, sites[0]!, sites[1]!));
	} catch (error) {
		console.error((error as Error).message);
		return close(1, { expected: 0, unexpected: 1 });
	} finally {
		await Promise.all(sites.map((site) => site.stop()));
	}
}

/** `demo` is inhabited by the cast; `empty` has never been set up. */
function playwright(browser: string, demo: Site, empty: Site): Promise<number> {
	const cli = fileURLToPath(import.meta.resolve('@playwright/test/cli'));
	const args = [cli, 'test', '--config', 'tests/e2e/playwright.config.ts', ...withReport()];
	const child = spawn(process.execPath, args, {
		stdio: 'inherit',
		env: {
			...process.env,
			PLAYWRIGHT_JSON_OUTPUT_FILE: report,
			CHROMIUM_PATH: browser,
			FOLKMOOT_URL: demo.url,
			FOLKMOOT_EMPTY_URL: empty.url
		}
	});
	return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** The arguments given, with a JSON report added to whichever reporter they ask for. */
function withReport(): string[] {
	const given = process.argv.slice(2);
	const at = given.findIndex((arg) => arg.startsWith('--reporter='));
	if (at < 0) return [...given, '--reporter=list,json'];
	if (!given[at]!.includes('json')) given[at] += ',json';
	return given;
}

interface Stats {
	expected: number;
	unexpected: number;
	flaky?: number;
	skipped?: number;
}

/** Prints the closing line and returns the exit code: failing when the report says so or is missing. */
function close(code: number, stats = readStats()): number {
	const failed = stats.unexpected || (code === 0 ? 0 : 1);
	const skipped = stats.skipped ? `, ${stats.skipped} skipped` : '';
	if (stats.flaky) console.log(`▸ ${stats.flaky} passed only at the second try`);
	console.log(`\n${stats.expected + (stats.flaky ?? 0)} passed, ${failed} failed${skipped}`);
	return failed > 0 ? 1 : code;
}

function readStats(): Stats {
	try {
		return (JSON.parse(readFileSync(report, 'utf8')) as { stats: Stats }).stats;
	} catch {
		return { expected: 0, unexpected: 1 };
	}
}
