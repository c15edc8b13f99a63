import { expect, test } from './fixtures.ts';
import { card, newcomer, register, words } from './journeys.ts';

const TEXT = '/documents/urban-heat-and-shade-ordinance';

test('a first post waits, a moderator publishes it by keyboard, the next one appears at once', async ({
	page,
	openAs
}) => {
	test.setTimeout(120_000);
	await page.goto('/sign-in');
	const author = newcomer('Nils Holm');
	await register(page, author);
	await page.goto(TEXT);
	await expect(page.getByText(/^Keys:/)).toBeVisible();
	const link = page.getByRole('link', { name: /^Comment on clause/ }).first();
	const clause = (await link.getAttribute('data-comment-block'))!;
	await link.click();
	const body = `Who opens it in the morning? (${author.email})`;
	await page.getByLabel('What would you like to say?').fill(body);
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page.getByText(/^Received\. A moderator reads/)).toBeVisible();
	await expect(card(page, body)).toContainText('Waiting for a moderator');

	const others = await openAs('visitor');
	await others.goto(`${TEXT}/annotations?show=all&block=${clause}`);
	await expect(others.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(others.getByText(body)).toHaveCount(0);

	const noor = await openAs('noor');
	await noor.goto('/moderation');
	const chosen = noor.locator('article.item');
	await expect(chosen).toBeVisible();
	const queue = await noor
		.getByRole('list', { name: 'Waiting contributions' })
		.locator('li')
		.count();
	for (let step = 0; step < queue && !(await chosen.textContent())!.includes(body); step += 1) {
		const before = (await chosen.textContent())!;
		await noor.keyboard.press('j');
		await expect(chosen).not.toHaveText(before);
	}
	await expect(chosen).toContainText(body);
	await noor.keyboard.press('p');
	await expect(noor.getByText('Published. Everyone sees it now.')).toBeVisible();

	await others.reload();
	await expect(others.getByText(body)).toBeVisible();
	await page.reload();
	await expect(page.getByText(/^Keys:/)).toBeVisible();
	await words(page, clause).scrollIntoViewIfNeeded();
	await expect(card(page, body)).not.toContainText('Waiting for a moderator');
});

test('a hidden post tells its author why', async ({ page, openAs }) => {
	test.setTimeout(120_000);
	await page.goto('/sign-in');
	await register(page, newcomer('Gustav Brand'));
	await page.goto(TEXT);
	await expect(page.getByText(/^Keys:/)).toBeVisible();
	await page
		.getByRole('link', { name: /^Comment on clause/ })
		.nth(1)
		.click();
	const body = `Buy my parasols (${Date.now()}).`;
	await page.getByLabel('What would you like to say?').fill(body);
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(card(page, body)).toContainText('Waiting for a moderator');

	const noor = await openAs('noor');
	await noor.goto('/moderation');
	await noor.getByRole('list', { name: 'Waiting contributions' }).getByText(body).click();
	await expect(noor.locator('article.item')).toContainText(body);
	await noor.getByRole('heading', { level: 1 }).click();
	await noor.keyboard.press('h');
	await expect(noor.getByLabel('Reason for hiding')).toBeFocused();
	await noor.getByRole('button', { name: 'Hide it' }).click();
	// Not without a reason: the browser leads back to the empty field.
	await expect(noor.getByLabel('Reason for hiding')).toHaveJSProperty('validity.valid', false);
	await expect(noor.locator('article.item')).toContainText(body);
	await noor
		.getByLabel('Reason for hiding')
		.fill('This is advertising. Say what you think of the stop.');
	await noor.getByRole('button', { name: 'Hide it' }).click();
	await expect(noor.getByText('Hidden. Its author sees your reason.')).toBeVisible();

	await page.goto(`${TEXT}/annotations?show=mine`);
	const mine = card(page, body);
	await expect(mine).toContainText('A moderator hid this comment');
	await expect(mine).toContainText('This is advertising.');
	const others = await openAs('visitor');
	await others.goto(`${TEXT}/annotations?show=all`);
	await expect(others.getByRole('heading', { level: 1 })).toBeVisible();
	await expect(others.getByText(body)).toHaveCount(0);
});
