import { expectAccessible } from './accessible.ts';
import { expect, test } from './fixtures.ts';

test.describe('language and theme', () => {
	for (const javaScriptEnabled of [true, false]) {
		test(`are chosen ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({ openAs }) => {
			const page = await openAs('visitor', { javaScriptEnabled, colorScheme: 'light' });
			const html = page.locator('html');
			await page.goto('/');
			await expect(html).toHaveAttribute('lang', 'en');
			await page.getByRole('link', { name: 'Language and theme' }).click();
			await page.getByLabel('Français').check();
			await page.getByLabel('Dark').check();
			await page.getByRole('button', { name: 'Save' }).click();

			await expect(page, 'back to where one was').toHaveURL('/');
			await expect(html).toHaveAttribute('lang', 'fr');
			await expect(html).toHaveAttribute('data-theme', 'dark');
			await expect(page.locator('body')).toHaveCSS('color', 'rgb(236, 233, 225)');
			await expect(page.getByRole('link', { name: 'Langue et thème' })).toBeVisible();
		});
	}

	test('follow the device until one is chosen', async ({ page }) => {
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.goto('/');
		await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(20, 24, 27)');
		await page.emulateMedia({ colorScheme: 'light' });
		await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(251, 250, 246)');
	});

	test('never lead to another site', async ({ page, baseURL }) => {
		await page.goto('/preferences?from=//elsewhere.invalid/');
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(page).toHaveURL(`${baseURL}/preferences?saved`);
		await expect(page.getByRole('status')).toContainText('Saved');
	});
});

test('the keyboard skips to the content first', async ({ page }) => {
	await page.goto('/');
	await page.keyboard.press('Tab');
	const skip = page.getByRole('link', { name: 'Skip to the content' });
	await expect(skip).toBeFocused();
	await expect(skip).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.locator('main')).toBeFocused();
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 320, height: 640 } });

	for (const javaScriptEnabled of [true, false]) {
		test(`the menu opens ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
			openAs
		}) => {
			const page = await openAs('visitor', { javaScriptEnabled });
			await page.goto('/');
			const documents = page.getByRole('navigation').getByRole('link', { name: 'Documents' });
			await expect(documents).toBeHidden();
			await page.getByText('Menu', { exact: true }).click();
			await expect(documents).toBeVisible();
			if (javaScriptEnabled) {
				await expectAccessible(page, 'the open menu');
				await page.keyboard.press('Escape');
				await expect(documents).toBeHidden();
				await expect(page.locator('summary', { hasText: 'Menu' })).toBeFocused();
			}
		});
	}
});

test('an address that leads nowhere says what to do next', async ({ page }) => {
	const response = await page.goto('/nowhere-at-all');
	expect(response?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not here');
	await expect(
		page.getByRole('main').getByRole('link', { name: 'See the documents' })
	).toBeVisible();
});

test('paper carries the text, black on white, and none of the bars', async ({ page, baseURL }) => {
	await page.context().addCookies([{ name: 'folkmoot_theme', value: 'dark', url: baseURL! }]);
	await page.goto('/');
	await page.emulateMedia({ media: 'print' });
	await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)');
	await expect(page.locator('html')).toHaveCSS('color', 'rgb(0, 0, 0)');
	await expect(page.getByRole('banner')).toBeHidden();
	await expect(page.getByRole('contentinfo')).toBeHidden();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('only the fonts of the first view are fetched', async ({ page }) => {
	const fonts: string[] = [];
	page.on('request', (request) => {
		if (request.resourceType() === 'font') fonts.push(request.url());
	});
	await page.goto('/', { waitUntil: 'networkidle' });
	expect(fonts.filter((url) => !/-latin-(wght|400|600)-normal/.test(url))).toEqual([]);
	expect(new Set(fonts).size).toBeLessThanOrEqual(3);
});
