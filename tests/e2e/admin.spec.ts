import { startSite } from '../support/site.ts';
import { expect, test } from './fixtures.ts';
import { newcomer, register, signInAs } from './journeys.ts';

test('an empty site is set up with the token of its log; the administrator looks after people', async ({
	openAs
}) => {
	test.setTimeout(180_000);
	const site = await startSite({ FOLKMOOT_DEMO: '0' });
	try {
		const token = () => /"token":"([^"]+)"/.exec(site.output())?.[1];
		await expect.poll(token, 'the log names the token').toBeDefined();
		const admin = await openAs('visitor', { baseURL: site.url });
		await admin.goto('/');
		await admin.getByRole('main').getByRole('link', { name: 'Set up' }).first().click();
		const boss = newcomer('Alma First');
		await admin.getByLabel('Your name').fill(boss.name);
		await admin.getByLabel('E-mail address').fill(boss.email);
		await admin.getByLabel('Password', { exact: true }).fill(boss.password);
		await admin.getByLabel('One-time token').fill('not-the-token');
		await admin.getByRole('button', { name: 'Create the administrator' }).click();
		await expect(admin.locator('#field-token-error')).toContainText('wrong, used or expired');
		await expect(admin.getByLabel('Your name')).toHaveValue(boss.name);
		await admin.getByLabel('One-time token').fill(token()!);
		await admin.getByLabel('Password', { exact: true }).fill(boss.password);
		await admin.getByRole('button', { name: 'Create the administrator' }).click();
		await expect(admin.getByRole('link', { name: 'Administration' }).first()).toBeVisible();

		const person = newcomer('Bo Second');
		const bo = await openAs('visitor', { baseURL: site.url });
		await bo.goto('/setup');
		await expect(bo.getByLabel('One-time token'), 'only once').toHaveCount(0);
		await bo.goto('/sign-in');
		await register(bo, person);
		await expect(bo.getByRole('link', { name: 'Moderation' })).toHaveCount(0);

		await admin.getByRole('link', { name: 'Administration' }).first().click();
		await admin.getByRole('main').getByRole('link', { name: 'People' }).click();
		await admin.getByLabel('Search by name or e-mail').fill('second');
		await admin.getByRole('button', { name: 'Search' }).click();
		await admin.getByRole('link', { name: person.name }).click();
		await admin.getByLabel('How far we know who this is').selectOption('verified');
		await admin.getByRole('button', { name: 'Save' }).click();
		await expect(admin.getByText('Saved.')).toBeVisible();
		const duties = admin.getByRole('region', { name: 'Duties' });
		await duties.getByLabel('Duty').selectOption('moderator');
		await duties.getByRole('button', { name: 'Add' }).click();
		await expect(duties.getByRole('button', { name: 'Remove: moderator' })).toBeVisible();

		await bo.goto('/account');
		await expect(bo.getByRole('main')).toContainText('identity verified');
		await bo.getByRole('link', { name: 'Moderation' }).first().click();
		await expect(bo.getByText('Nothing waits', { exact: true })).toBeVisible();

		await admin.getByRole('button', { name: 'Disable this account' }).click();
		await expect(admin.getByRole('button', { name: 'Enable this account' })).toBeVisible();
		await bo.goto('/account');
		await expect(bo).toHaveURL(/\/sign-in/);
		await signInAs(bo, person);
		await expect(bo.getByText('This account has been disabled.').first()).toBeVisible();
	} finally {
		await site.stop();
	}
});
