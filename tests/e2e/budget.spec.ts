import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const MOST = 60 * 1024;
const DRAFT = '/documents/urban-heat-and-shade-ordinance';

/** Bytes of JavaScript, gzipped, that a page fetches from now on; asked for once it has settled. */
function weighScripts(page: Page): () => Promise<number> {
	const weights: Promise<number>[] = [];
	page.on('response', (response) => {
		const script =
			/\.js($|\?)/.test(response.url()) || response.request().resourceType() === 'script';
		if (script) weights.push(response.body().then((body) => gzipSync(body).length));
	});
	return async () => (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0);
}

test('a reader downloads at most 60 kB of JavaScript, the live connection included', async ({
	openAs
}) => {
	const page = await openAs('visitor', { serviceWorkers: 'block' });
	const weigh = weighScripts(page);
	const asked = page.waitForResponse(/\/text\?/);
	await page.goto(DRAFT);
	await asked;
	await page.mouse.wheel(0, 3_000);
	await page.waitForLoadState('networkidle');
	const weight = await weigh();
	expect(weight).toBeGreaterThan(1_000);
	expect(weight).toBeLessThan(MOST);
});

test('the components come with the first comment, and answer it', async ({ openAs }) => {
	const page = await openAs('visitor');
	await page.goto(DRAFT);
	await page.locator('.inside [data-comment-block]').first().click();
	await expect(page.locator('[data-composer]')).toBeVisible();
});
