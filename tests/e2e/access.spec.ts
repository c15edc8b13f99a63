import { expectAccessible, expectNoSideways } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { PAGES, pageRoutes } from './pages.ts';

const LOCALES = ['en', 'fr'] as const;
const THEMES = ['light', 'dark'] as const;
const WIDTHS = [1440, 320] as const;

test('every page of the site has a row in the matrix', () => {
	const rows = new Set(PAGES.map((row) => row.route));
	expect(pageRoutes().filter((route) => !rows.has(route))).toEqual([]);
});

for (const { route, path, roles } of PAGES) {
	for (const role of roles) {
		for (const locale of LOCALES) {
			test(`${route} is accessible: ${role}, ${locale}`, async ({ openAs, baseURL }) => {
				const page = await openAs(role);
				await page
					.context()
					.addCookies([{ name: 'folkmoot_language', value: locale, url: baseURL! }]);
				const response = await page.goto(path);
				expect(response?.status()).toBe(route === '(error)' ? 404 : 200);
				expect(new URL(page.url()).pathname, 'not sent elsewhere').toBe(path.split('?')[0]);
				await expect(page.locator('html')).toHaveAttribute('lang', locale);
				for (const theme of THEMES) {
					await page.emulateMedia({ colorScheme: theme });
					for (const width of WIDTHS) {
						await page.setViewportSize({ width, height: 900 });
						await expectNoSideways(page, `${path}, ${width} px`);
						await expectAccessible(page, `${path}, ${role}, ${locale}, ${theme}, ${width} px`);
					}
				}
			});
		}
	}
}
