import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { bringIn, importWords, moveTo } from './journeys.ts';
import { expectAccessible, expectNoSideways } from './accessible.ts';
import { editor, openEditor, saved } from './writing.ts';

test.describe.configure({ mode: 'serial' });

const TEXT = `# The square

1. The square is open to everyone at any hour.
2. Benches stand no more than forty metres apart.
`;

let slug: string;
/** The passages' ids, in the order of the text before anybody spoke about one. */
let ids: string[];
const clauseLink = (page: Page, at: number) => page.locator(`[data-support-block="${ids[at]}"]`);

test('a text takes support', async ({ openAs }) => {
	test.setTimeout(120_000);
	const rafael = await openAs('rafael');
	slug = await importWords(rafael, TEXT, 'square.md');
	await moveTo(rafael, slug, 'Co-drafting');
	await bringIn(rafael, slug, 'dana@meravia.example');
	await rafael.goto(`/documents/${slug}`);
	const links = rafael.locator('[data-support-block]');
	await expect(links).toHaveCount(2);
	ids = await links.evaluateAll((all: HTMLElement[]) =>
		all.map((one) => one.dataset.supportBlock!)
	);
});

test('without JavaScript: given, changed, given on a condition, taken back', async ({ openAs }) => {
	const page = await openAs('amina', { javaScriptEnabled: false });
	await page.goto(`/documents/${slug}`);
	await clauseLink(page, 1).click();
	await expect(page.getByRole('blockquote')).toContainText('Benches stand');
	await page.getByRole('button', { name: 'Strongly for' }).click();
	await expect(page.getByText('You said: Strongly for.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Strongly for' })).toHaveAttribute(
		'aria-pressed',
		'true'
	);
	await page.getByRole('button', { name: 'Against', exact: true }).click();
	await expect(page.getByText('You said: Against.')).toBeVisible();

	await page.getByText('I support this if…').first().click();
	await page.getByRole('button', { name: 'Support on this condition' }).click();
	await expect(page.getByRole('alert')).toContainText('write your condition first');
	await page.getByLabel(/^(I support this if…|or, in your own words)/).fill('they have backs');
	await page.getByRole('button', { name: 'Support on this condition' }).click();
	await expect(page.getByText('You support it if: they have backs')).toBeVisible();

	await page.getByRole('button', { name: 'Take my support back' }).click();
	await expect(page.getByText('Nobody has said yet')).toBeVisible();
	await page.getByRole('button', { name: 'For', exact: true }).click();
	await expect(page.getByText('You said: For.')).toBeVisible();
});

test('by keyboard where the text is read, and the figures follow', async ({ openAs }) => {
	const page = await openAs('lena');
	await page.goto(`/documents/${slug}`);
	const link = clauseLink(page, 1);
	await expect(page.locator('.support-line')).toContainText('1 support');
	// Before the page's script is there, the link leads to the page that says the same.
	await page.waitForLoadState('networkidle');
	await link.focus();
	await page.keyboard.press('Enter');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByRole('blockquote')).toContainText('Benches stand');
	await expectAccessible(page, 'the sheet of a clause’s support');
	await dialog.getByRole('button', { name: 'Strongly for' }).focus();
	await page.keyboard.press('Enter');
	await expect(dialog.getByText('You said: Strongly for.')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(link).toHaveText('You: Strongly for');
	await expect(page.locator('.support-line')).toContainText('2 support');
	await page.reload();
	await expect(clauseLink(page, 1)).toHaveText('You: Strongly for');
});

test('when the words change, support says so and is asked once', async ({ openAs }) => {
	test.setTimeout(120_000);
	const dana = await openEditor(openAs, 'dana', slug);
	await editor(dana).getByText('Benches stand').click();
	await dana.keyboard.press('End');
	await dana.keyboard.type(' They have backs.');
	await expect(saved(dana)).toBeVisible();

	const lena = await openAs('lena');
	await lena.goto(`/documents/${slug}`);
	await expect(lena.locator('.support-line')).toContainText('2 on an earlier wording');
	await lena.getByRole('link', { name: 'See the changes' }).click();
	await expect(lena.locator('ins')).toContainText('They have backs.');
	await expectAccessible(lena, 'support that is asked again');
	await lena.setViewportSize({ width: 320, height: 800 });
	await expectNoSideways(lena, 'support that is asked again');
	await lena.getByRole('button', { name: /^Still so: Strongly for/ }).click();
	await expect(lena.getByText('your support now stands', { exact: false })).toBeVisible();
	await expect(lena.locator('#changed')).toHaveCount(0);

	const amina = await openAs('amina', { javaScriptEnabled: false });
	await amina.goto(`/documents/${slug}/support`);
	await amina.getByRole('button', { name: 'Not now' }).click();
	await expect(amina.getByRole('button', { name: 'Not now' })).toHaveCount(0);
	await amina.getByRole('link', { name: /^Change/ }).click();
	await amina.getByRole('button', { name: 'Strongly for' }).click();
	await expect(amina.getByText('on an earlier wording')).toHaveCount(0);
});

test('what is no form of ours is refused, and visitors are asked to sign in', async ({
	openAs
}) => {
	const page = await openAs('amina');
	await page.goto(`/documents/${slug}`);
	const id = await clauseLink(page, 0).getAttribute('data-support-block');
	const address = `/documents/${slug}/support/clause/${id}`;
	const origin = new URL(page.url()).origin;
	const send = (form: Record<string, string>, action = 'rate') =>
		page.request.post(`${address}?/${action}`, {
			form,
			headers: { origin, 'x-sveltekit-action': 'true', accept: 'application/json' }
		});
	const statusOf = async (form: Record<string, string>) =>
		((await (await send(form)).json()) as { status: number }).status;
	expect(await statusOf({ value: '3' })).toBe(400);
	expect(await statusOf({ value: '1', sudo: 'yes' })).toBe(400);
	expect(await statusOf({ value: '1', seen: 'f'.repeat(64) })).toBe(409);
	expect(await statusOf({ value: '1', capacity: 'nobodys' })).toBe(400);
	const visitor = await openAs('visitor');
	await visitor.goto(address);
	await expect(visitor.getByRole('link', { name: 'Sign in to support' })).toBeVisible();
	await expect(visitor.getByRole('button', { name: 'Strongly for' })).toHaveCount(0);
});
