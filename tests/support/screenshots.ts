/**
 * `node tests/support/screenshots.ts [--as amina] / /documents …`: pictures of these pages in test-results/, at
 * 390 and 1440 px, light and dark. Uses the demo at FOLKMOOT_URL, or builds and serves one itself.
 */
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { signIn } from '../e2e/fixtures.ts';
import { findBrowser, LAUNCH_ARGS } from './browser.ts';
import { buildSite, startSite } from './site.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { as: { type: 'string' }, locale: { type: 'string', default: 'en' } }
});
const paths = positionals.length > 0 ? positionals : ['/'];
const given = process.env.FOLKMOOT_URL;
if (!given && !buildSite()) process.exit(1);
const site = given ? undefined : await startSite();
const baseURL = given ?? site!.url;

mkdirSync('test-results', { recursive: true });
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
try {
	for (const width of [390, 1440]) {
		for (const colorScheme of ['light', 'dark'] as const) await shoot(width, colorScheme);
	}
} finally {
	await browser.close();
	await site?.stop();
}

async function shoot(width: number, colorScheme: 'light' | 'dark'): Promise<void> {
	const viewport = { width, height: width < 600 ? 844 : 1000 };
	const context = await browser.newContext({
		baseURL,
		colorScheme,
		viewport,
		locale: values.locale
	});
	const page = await context.newPage();
	if (values.as) await signIn(page, values.as);
	for (const path of paths) {
		await page.goto(path, { waitUntil: 'networkidle' });
		const name = path.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home';
		const who = values.as ? `-${values.as}` : '';
		const file = `test-results/${name}${who}-${width}-${colorScheme}.png`;
		await page.screenshot({ path: file, fullPage: true });
		console.log(file);
	}
	await context.close();
}
