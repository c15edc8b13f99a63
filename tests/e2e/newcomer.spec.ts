import { expect, test } from './fixtures.ts';
import { cardBy, dragOver, newcomer, register, words } from './journeys.ts';

const ORDINANCE = '/documents/urban-heat-and-shade-ordinance';

test('a newcomer selects words with the mouse, comments, edits and takes it back', async ({
	page
}) => {
	test.setTimeout(120_000);
	await page.goto(ORDINANCE);
	// Reading needs nothing; the first wish to speak leads to an account and back.
	const clause = words(page, 'c4-4');
	await expect(clause).toContainText('Where shade is made by a building’s owner');
	await page.getByRole('link', { name: 'Comment on clause 4.4' }).click();
	await page.getByRole('link', { name: 'Sign in to comment' }).click();
	await register(page, newcomer('Vera Molnar'));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Comment on clause 4\.4/);
	await page.goto(ORDINANCE);
	await expect(page.getByText(/^Keys:/)).toBeVisible();

	const quote = 'with notice on the spot';
	await dragOver(page, clause, quote);
	await page.getByRole('button', { name: 'Comment on the selected words' }).click();
	await expect(page.locator('[data-composer] blockquote')).toHaveText(quote);
	await page
		.getByLabel('What would you like to say?')
		.fill('A notice, in which languages? Half of us read another one.');
	await page.getByRole('button', { name: 'Post comment' }).click();

	const mine = cardBy(page, 'Vera Molnar');
	await expect(mine).toContainText('A notice, in which languages?');
	await expect(mine.locator('blockquote')).toContainText(quote);
	await expect(clause.locator('mark')).toHaveText(quote);

	await mine.getByRole('link', { name: 'Edit' }).click();
	await mine.getByLabel('Your words').fill('A notice, in which languages? And how high?');
	await mine.getByRole('button', { name: 'Save' }).click();
	await expect(mine).toContainText('And how high?');
	await expect(mine).toContainText('edited');

	await mine.getByText('Take back', { exact: true }).first().click();
	await mine.getByRole('button', { name: /^Take back/ }).click();
	await expect(page.getByText('Your comment was taken back.')).toBeVisible();
	await expect(mine).toHaveCount(0);
	await expect(clause.locator('mark')).toHaveCount(0);
});

test('the same by keyboard alone', async ({ page }) => {
	test.setTimeout(120_000);
	await page.goto('/sign-in');
	await register(page, newcomer('Otto Karlin'));
	await page.goto(ORDINANCE);
	await expect(page.getByText(/^Keys:/)).toBeVisible();
	const { keyboard } = page;

	await page.getByRole('link', { name: 'Comment on clause 4.5' }).focus();
	await keyboard.press('Enter');
	const box = page.getByLabel('What would you like to say?');
	await expect(box).toBeFocused();
	await keyboard.type('Two years in a row should be enough.');
	// The words it is about: chosen with the arrows, one step back.
	await keyboard.press('Shift+Tab');
	await keyboard.press('Enter');
	await keyboard.press('Tab');
	await expect(page.getByLabel('Select the words you mean')).toBeFocused();
	await keyboard.press('Control+Home');
	for (let word = 0; word < 3; word += 1) await keyboard.press('Control+Shift+ArrowRight');
	const chosen = 'A trading place';
	await expect(page.locator('[data-composer] blockquote')).toHaveText(chosen);
	await keyboard.press('Control+Enter');

	const mine = cardBy(page, 'Otto Karlin');
	await expect(mine).toContainText('Two years in a row');
	await expect(mine.locator('blockquote')).toContainText(chosen);
	await expect(words(page, 'c4-5').locator('mark', { hasText: chosen }).first()).toHaveText(chosen);

	await mine.getByRole('link', { name: 'Edit' }).focus();
	await keyboard.press('Enter');
	await expect(mine.getByLabel('Your words')).toBeFocused();
	await keyboard.press('Control+End');
	await keyboard.type(' Three at most.');
	await keyboard.press('Control+Enter');
	await expect(mine).toContainText('Three at most.');
	await expect(mine).toContainText('edited');

	await mine.locator('summary', { hasText: 'Take back' }).focus();
	await keyboard.press('Enter');
	await keyboard.press('Tab');
	await keyboard.press('Enter');
	await expect(mine).toHaveCount(0);
});

test('the same by touch, on a phone, in the sheet', async ({ openAs }) => {
	test.setTimeout(120_000);
	const viewport = { width: 390, height: 844 };
	const page = await openAs('visitor', { viewport, hasTouch: true, isMobile: true });
	await page.goto('/sign-in');
	await register(page, newcomer('Ida Sten'));
	await page.goto(`${ORDINANCE}#b-c4-6`);
	const dock = page.getByRole('region', { name: 'The clause in view' });
	await expect(dock).toBeVisible();

	const clause = words(page, 'c4-6');
	await clause.scrollIntoViewIfNeeded();
	await page.getByRole('link', { name: 'Comment on clause 4.6' }).first().tap();
	const sheet = page.getByRole('dialog');
	await expect(sheet).toContainText('clause 4.6');
	await sheet.getByLabel('What would you like to say?').fill('Benches with armrests too?');
	await sheet.getByRole('button', { name: 'Post comment' }).tap();
	const mine = sheet.getByRole('article', { name: 'Comment by Ida Sten' });
	await expect(mine).toContainText('Benches with armrests too?');

	await mine.getByRole('link', { name: 'Edit' }).tap();
	await mine.getByLabel('Your words').fill('Benches with armrests too? They help me stand up.');
	await mine.getByRole('button', { name: 'Save' }).tap();
	await expect(mine).toContainText('They help me stand up.');
	await mine.locator('summary', { hasText: 'Take back' }).tap();
	await mine.getByRole('button', { name: /^Take back/ }).tap();
	await expect(mine).toHaveCount(0);
});

test('words selected by touch are commented on in the sheet', async ({ openAs }) => {
	const viewport = { width: 390, height: 844 };
	const page = await openAs('lena', { viewport, hasTouch: true, isMobile: true });
	await page.goto(`${ORDINANCE}#b-c4-9`);
	await expect(page.getByRole('region', { name: 'The clause in view' })).toBeVisible();
	// The handles of a selection belong to the device; what they leave behind is the selection.
	const quote = await words(page, 'c4-9').evaluate((element) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		let node = walker.nextNode()!;
		while (!node.textContent!.includes('a wedding')) node = walker.nextNode()!;
		const at = node.textContent!.indexOf('a wedding');
		getSelection()!.setBaseAndExtent(node, at, node, at + 'a wedding'.length);
		return String(getSelection());
	});
	await page.getByRole('button', { name: 'Comment on the selected words' }).tap();
	const sheet = page.getByRole('dialog');
	await expect(sheet.locator('blockquote').first()).toHaveText(quote);
	const body = `Weddings are short here (${Date.now()}).`;
	await sheet.getByLabel('What would you like to say?').fill(body);
	await sheet.getByRole('button', { name: 'Post comment' }).tap();
	await expect(sheet.locator('[data-card]').filter({ hasText: body })).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(words(page, 'c4-9').locator('mark', { hasText: quote })).toHaveText(quote);
});

test('a comment without JavaScript, through the clause’s link', async ({ openAs }) => {
	const page = await openAs('visitor', { javaScriptEnabled: false });
	await page.goto(ORDINANCE);
	await page.getByRole('link', { name: 'Comment on clause 4.7' }).click();
	await register(page, newcomer('Maj Ek'));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Comment on clause 4.7');
	await page.getByLabel(/Only these words of it/).fill('Music and loudspeakers');
	await page.getByLabel('What would you like to say?').fill('And a cello, quietly?');
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page.getByRole('main')).toContainText('And a cello, quietly?');
	await expect(page.getByRole('main')).toContainText('Waiting for a moderator');

	await page.getByRole('link', { name: 'Edit' }).click();
	await page.getByLabel('Your words').fill('And a cello, very quietly?');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('main')).toContainText('very quietly?');
	await page.locator('summary', { hasText: 'Take back' }).click();
	await page.getByRole('button', { name: /^Take back/ }).click();
	await expect(page.getByRole('main')).not.toContainText('very quietly?');
});

test('a passage without a number is commented on by keyboard and without JavaScript', async ({
	openAs
}) => {
	const service = '/documents/cool-stops-how-a-shaded-stop-is-asked-for-built-and-looked';
	const lena = await openAs('lena');
	await lena.goto(service);
	await expect(lena.getByText(/^Keys:/)).toBeVisible();
	const link = lena.getByRole('link', { name: 'Comment on this passage' }).first();
	await link.focus();
	await expect(link).toBeInViewport();
	await lena.keyboard.press('Enter');
	await expect(lena.getByLabel('What would you like to say?')).toBeFocused();

	const still = await openAs('lena', { javaScriptEnabled: false });
	await still.goto(service);
	await still.getByRole('link', { name: 'Comment on this passage' }).first().click();
	const body = `Said without a script (${Date.now()}).`;
	await still.getByLabel('What would you like to say?').fill(body);
	await still.getByRole('button', { name: 'Post comment' }).click();
	await expect(still.getByRole('main')).toContainText(body);
});
