import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways, expectReadableColours } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { nameOf, PAGES, pageRoutes, type PageRow } from './pages.ts';

// Two pages at a time: each has a context of its own.
test.describe.configure({ mode: 'parallel' });

const LOCALES = ['en', 'fr'] as const;
/**
 * The markup is the same in both languages: English is judged on a desk, French, whose words are the longer
 * ones, where room is short. Neither may be wider than a small phone.
 */
const WIDTH = { en: 1440, fr: 320 } as const;
const NARROW = 320;

test('every page of the site has a row in the matrix', () => {
	const rows = new Set(PAGES.map((row) => row.route));
	expect(pageRoutes().filter((route) => !rows.has(route))).toEqual([]);
});

for (const row of PAGES) {
	for (const role of row.roles) {
		for (const locale of LOCALES) {
			const who = row.empty ? 'before set-up' : role;
			test(`${nameOf(row)} is accessible: ${who}, ${locale}`, async ({ openAs }) => {
				// A whole ordinance with all that is said of it is thousands of elements for axe.
				test.setTimeout(240_000);
				const baseURL = row.empty ? process.env.FOLKMOOT_EMPTY_URL : process.env.FOLKMOOT_URL;
				const page = await openAs(role, { baseURL });
				await page
					.context()
					.addCookies([{ name: 'folkmoot_language', value: locale, url: baseURL! }]);
				await open(page, row);
				await expect(page.locator('html')).toHaveAttribute('lang', locale);
				const width = WIDTH[locale];
				const where = `${nameOf(row)} ${width} px`;
				await page.setViewportSize({ width, height: 900 });
				await page.emulateMedia({ colorScheme: 'light' });
				await expectNoSideways(page, where);
				await expectAccessible(page, `${where}, light`);
				if (width === NARROW) return;
				// Colours are the same in every language and width.
				await page.emulateMedia({ colorScheme: 'dark' });
				await expectReadableColours(page, `${where}, dark`);
				await page.setViewportSize({ width: NARROW, height: 900 });
				await expectNoSideways(page, `${nameOf(row)} ${NARROW} px`);
			});
		}
	}
}

/** Goes there, and makes sure that it is the page itself and not a detour. */
async function open(page: Page, { route, path }: PageRow): Promise<void> {
	const address = typeof path === 'string' ? path : await path(page);
	const response = await page.goto(address);
	expect(response?.status()).toBe(route === '(error)' ? 404 : 200);
	const here = new URL(address, page.url()).pathname;
	expect(new URL(page.url()).pathname, 'not sent elsewhere').toBe(here);
}
