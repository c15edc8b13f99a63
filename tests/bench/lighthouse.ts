/**
 * What Lighthouse says of the reading page of a 10,000-word draft with 2,000 annotations, as a visitor
 * opens it on a phone and on a desk: median of three runs each. Run with `npm run bench -- lighthouse`;
 * ends with 1 when a score is not 100. The whole reports are kept in `results/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from 'chrome-launcher';
import lighthouse, { desktopConfig } from 'lighthouse';
import { findBrowser, LAUNCH_ARGS } from '../support/browser.ts';
import { buildSite } from '../support/site.ts';
import { portOf, start } from './measure.ts';
import { pagesHouse } from './pages-house.ts';

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '3' },
		json: { type: 'boolean', default: false }
	}
});
const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const SETTINGS = { phone: undefined, desk: desktopConfig };
const METRICS = {
	'first-contentful-paint': 'first paint',
	'largest-contentful-paint': 'largest paint',
	'total-blocking-time': 'blocking',
	'cumulative-layout-shift': 'shift'
};
const here = new URL('.', import.meta.url).pathname;

/** What is read of a report of Lighthouse. */
interface Report {
	categories: Record<
		string,
		{ score: number | null; auditRefs: Array<{ id: string; weight: number }> }
	>;
	audits: Record<string, { score: number | null; title: string; displayValue?: string }>;
}

if (!buildSite()) process.exit(1);
const house = await pagesHouse(10_000, 2_000);
const server = start(0, [process.execPath, `${here}../../src/start.ts`], {
	DATABASE_FILE: house.file,
	...{ DATABASE_URL: '', FOLKMOOT_DEMO: '0', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
	NODE_ENV: 'production'
});
try {
	const address = `http://localhost:${await portOf(server)}/documents/${house.slug}`;
	// The first who asks waits for the page to be made; it is the same for all who come after.
	await fetch(address).then((response) => response.text());
	const found: Record<string, Report> = {};
	for (const name of ['phone', 'desk'] as const) found[name] = await judge(address, name);
	report(found);
} finally {
	server.kill('SIGTERM');
	await rm(dirname(house.file), { recursive: true, force: true });
}

/** The run in the middle by performance, each in a browser of its own. */
async function judge(address: string, settings: keyof typeof SETTINGS): Promise<Report> {
	const runs: Report[] = [];
	for (let run = 0; run < Number(values.runs); run += 1) {
		const browser = await launch({
			chromePath: findBrowser(),
			chromeFlags: [...LAUNCH_ARGS, '--headless=new']
		});
		const flags = { port: browser.port, onlyCategories: [...CATEGORIES] };
		try {
			const result: { lhr: Report } | undefined = await lighthouse(
				address,
				flags,
				SETTINGS[settings]
			);
			if (!result) throw new Error('Lighthouse gave no result.');
			runs.push(result.lhr);
			console.error(`▸ ${settings}: ${scores(result.lhr).join('/')}`);
		} finally {
			browser.kill();
		}
	}
	runs.sort((a, b) => scores(a)[0]! - scores(b)[0]!);
	return runs[Math.floor(runs.length / 2)]!;
}

function scores(report: Report): number[] {
	return CATEGORIES.map((name) => Math.round(100 * (report.categories[name]?.score ?? 0)));
}

function report(found: Record<string, Report>): void {
	mkdirSync(`${here}results`, { recursive: true });
	const columns = [...CATEGORIES, ...Object.values(METRICS)];
	console.log(
		`| settings | ${columns.join(' | ')} |\n| --- |${columns.map(() => ' --: |').join('')}`
	);
	for (const [settings, lhr] of Object.entries(found)) {
		writeFileSync(`${here}results/lighthouse-${settings}.json`, JSON.stringify(lhr, null, '\t'));
		const metrics = Object.keys(METRICS).map((name) => lhr.audits[name]?.displayValue ?? '');
		console.log(`| ${settings} | ${[...scores(lhr), ...metrics].join(' | ')} |`);
		for (const failed of shortcomings(lhr)) console.log(`  ${settings}: ${failed}`);
		if (scores(lhr).some((score) => score < 100)) process.exitCode = 1;
	}
}

/** Everything that took something off a score. */
function shortcomings(lhr: Report): string[] {
	return CATEGORIES.flatMap((name) =>
		(lhr.categories[name]?.auditRefs ?? []).flatMap(({ id, weight }) => {
			const { score = null, title = id, displayValue = '' } = lhr.audits[id] ?? {};
			return weight > 0 && score !== null && score < 1
				? [`${name}: ${title} ${displayValue} (${Math.round(100 * score)})`]
				: [];
		})
	);
}
