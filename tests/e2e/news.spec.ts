import { expect, test } from './fixtures.ts';
import { importWords, moveTo, newcomer, register } from './journeys.ts';

const TEXT = '# A quiet street\n\nThe street is closed to cars on Sundays.\n';

test('somebody follows a text, hears of a comment in the bell, and reads it', async ({
	openAs
}) => {
	test.setTimeout(180_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'a-quiet-street.md');
	await moveTo(rafael, slug, 'Co-drafting');

	// A visitor's button leads to sign in, and back to the choice.
	const page = await openAs('visitor');
	await page.goto(`/documents/${slug}`);
	await page.getByRole('link', { name: 'Follow', exact: true }).click();
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await register(page, newcomer('Tomas Berg'));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Follow this text');
	await page.getByRole('button', { name: 'Follow', exact: true }).click();
	await expect(page.getByText('You follow everything that happens to this text.')).toBeVisible();

	await page.goto(`/documents/${slug}`);
	await expect(page.getByRole('button', { name: /^Following/ })).toBeVisible();
	await expect(page.getByRole('link', { name: 'News', exact: true })).toBeVisible();

	const amina = await openAs('amina');
	await amina.goto(`/documents/${slug}`);
	const block = await amina.locator('article [data-block]').last().getAttribute('data-block');
	await amina.goto(`/documents/${slug}/annotations/new?block=${block}`);
	await amina.getByLabel('What would you like to say?').fill('And on holidays?');
	await amina.getByRole('main').getByRole('button', { name: 'Post comment' }).click();
	await expect(amina).not.toHaveURL(/\/new/);

	await expect
		.poll(
			async () => {
				await page.reload();
				return page.getByRole('link', { name: 'News, 1 unread' }).count();
			},
			{ timeout: 20_000 }
		)
		.toBe(1);
	await page.getByRole('link', { name: 'News, 1 unread' }).click();
	const news = page.getByRole('list', { name: 'News, latest first' });
	await expect(news.getByRole('listitem')).toHaveCount(1);
	await news.getByRole('link', { name: /Amina .* commented/ }).click();
	await expect(page.getByText('And on holidays?').first()).toBeVisible();
	await expect(page.getByRole('link', { name: 'News', exact: true })).toBeVisible();

	await page.goto('/news/following');
	await page.getByRole('button', { name: /^Stop following/ }).click();
	await expect(page.getByText('You follow nothing yet')).toBeVisible();
});

test('wishes are kept without script, and a wrong time is said', async ({ openAs }) => {
	const page = await openAs('visitor', { javaScriptEnabled: false });
	await page.goto('/sign-in');
	await register(page, newcomer('Ivo Lind'));
	await page.goto('/account/news');
	await page.getByRole('radio', { name: 'Once a week' }).check();
	await page.locator('input[name=quietFrom]').fill('22:00');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByText(/^Give both times/).first()).toBeVisible();
	await expect(page.getByRole('radio', { name: 'Once a week' })).toBeChecked();
	await page.locator('input[name=quietTo]').fill('06:30');
	await page.getByLabel('Your time zone').selectOption('Europe/Paris');
	await page.getByRole('checkbox', { name: 'when people rate my suggestion' }).uncheck();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
	await expect(page.getByLabel('Your time zone')).toHaveValue('Europe/Paris');
	await expect(page.locator('input[name=quietTo]')).toHaveValue('06:30');
	await expect(
		page.getByRole('checkbox', { name: 'when people rate my suggestion' })
	).not.toBeChecked();
});

test('the doors: news are for who is signed in, letters for administrators, one click for anybody', async ({
	openAs
}) => {
	const visitor = await openAs('visitor');
	for (const path of ['/news', '/news/following', '/account/news', '/news/0000000000000000000a']) {
		await visitor.goto(path);
		expect(new URL(visitor.url()).pathname, path).toBe('/sign-in');
	}
	const amina = await openAs('amina');
	for (const path of [
		'/admin/mail',
		'/admin/mail/0000000000000000000a',
		'/news/0000000000000000000a'
	]) {
		expect((await amina.goto(path))?.status(), path).toBe(404);
	}
	const foreign = { headers: { origin: 'https://mail.example' } };
	const oneClick = { form: { 'List-Unsubscribe': 'One-Click' } };
	const link = `/unsubscribe/${'b'.repeat(32)}`;
	// A mail program is no page of ours: it is heard, and told that this link is nobody's.
	const asked = await visitor.request.post(link, { ...oneClick, ...foreign });
	expect(asked.status()).not.toBe(403);
	expect(await asked.text()).toMatch(/not good any more|unsubscribe/);
	const other = await visitor.request.post('/account/news', {
		form: { mail: 'never' },
		...foreign
	});
	expect(other.status()).toBe(403);
	const unknown = await visitor.request.post(link, { form: { admin: 'yes' }, ...foreign });
	expect(unknown.status()).toBe(400);
});
