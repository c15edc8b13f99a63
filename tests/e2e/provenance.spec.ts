import { expect, test } from './fixtures.ts';
import { dragOver, words } from './journeys.ts';

const ORDINANCE = '/documents/urban-heat-and-shade-ordinance';

test('without JavaScript: any words of the text, the suggestion they came by, and its reason', async ({
	openAs
}) => {
	const page = await openAs('visitor', { javaScriptEnabled: false });
	await page.goto(ORDINANCE);
	await page.getByRole('link', { name: 'Who wrote this?' }).click();
	await expect(page.getByRole('heading', { name: 'No words chosen yet' })).toBeVisible();
	await page.getByRole('link', { name: /or at any library desk/ }).click();

	const answer = page.locator('#source');
	await expect(answer).toContainText('Suggested by Marta Lindqvist');
	await expect(answer).toContainText('partner, Seniors’ Council');
	await expect(answer).toContainText('Every library already takes such reports');
	await expect(page.locator('#chosen')).toHaveAttribute('aria-current', 'true');
	await answer.getByRole('link', { name: 'The suggestion' }).click();
	await expect(page.getByRole('main')).toContainText(/The text now: (\d+) of \1 characters stand/);
	await page.getByRole('link', { name: 'The text now' }).click();

	await page.getByRole('link', { name: /^six \(decision/ }).click();
	await expect(answer).toContainText('Suggested by Amina Moreau');
	await expect(answer).toContainText('taken in in part');
	await page.getByRole('link', { name: /^, and a broken sail/ }).click();
	await expect(answer).toContainText('Written by Rafael Keita while suggestions were taken in');
	await expect(answer).toContainText('It changed what Amina Moreau had suggested.');
	await answer.getByRole('link', { name: /Taken in by decision/ }).click();
	await expect(page.getByRole('main')).toContainText('Water cannot wait for a day');
});

test('by keyboard alone: from the words to their answer and back', async ({ page }) => {
	await page.goto(`${ORDINANCE}/provenance`);
	const link = page.getByRole('link', { name: /or at any library desk/ });
	await link.focus();
	await page.keyboard.press('Enter');
	const answer = page.locator('#source');
	await expect(answer).toContainText('Suggested by Marta Lindqvist');
	await expect(answer).toBeInViewport();
	await expect(link).toBeInViewport();
	// The answer has the focus: its links are the next ones.
	await page.keyboard.press('Tab');
	await expect(answer.getByRole('link').first()).toBeFocused();
	await answer.getByRole('link', { name: 'Back to the words' }).focus();
	await page.keyboard.press('Enter');
	await expect(page.locator('#chosen')).toBeFocused();
});

test('a selection is answered in place, on the text and on a version', async ({ openAs }) => {
	const page = await openAs('amina');
	await page.goto(ORDINANCE);
	await expect(page.getByText(/^Keys:/)).toBeVisible();
	await dragOver(page, words(page, 'c4-2'), 'Street vendors');
	await page.getByRole('button', { name: 'Who wrote this?' }).click();
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('listitem')).toHaveCount(1);
	await expect(dialog).toContainText('Rafael Keita');
	await page.keyboard.press('Escape');

	await page.goto(`${ORDINANCE}/versions/1`);
	await dragOver(page, words(page, 'c4-2'), 'Street vendors');
	await page.getByRole('button', { name: 'Who wrote this?' }).click();
	await expect(dialog).toContainText('Rafael Keita');
});

test('somebody agrees to be named, and takes it back: at once', async ({ openAs }) => {
	const [lena, visitor] = await Promise.all([openAs('lena'), openAs('visitor')]);
	const named = visitor.getByRole('row', { name: /Lena Ruiz/ });
	const contributors = `${ORDINANCE}/contributors`;
	await visitor.goto(contributors);
	await expect(visitor.getByRole('row', { name: /Rafael Keita/ })).toBeVisible();
	await expect(visitor.getByRole('row', { name: /not named/ })).toBeVisible();
	await expect(named).toHaveCount(0);
	const agree = async (is: boolean) => {
		await lena.goto('/account');
		await lena.getByRole('checkbox', { name: /Name me as a writer/ }).setChecked(is);
		const section = lena.locator('section', { has: lena.locator('#naming') });
		await section.getByRole('button', { name: 'Save' }).click();
		await expect(section.getByText(is ? /are named/ : /are not named/)).toBeVisible();
	};
	await agree(true);
	await visitor.reload();
	await expect(named).toBeVisible();
	await agree(false);
	await visitor.reload();
	await expect(named).toHaveCount(0);
	const file = await visitor.request.get(`${contributors}.csv`);
	expect(file.headers()['cache-control']).toContain('no-store');
	expect(await file.text()).not.toContain('Lena Ruiz');
});
