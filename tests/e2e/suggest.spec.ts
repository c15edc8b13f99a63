import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { card, dragOver, importWords, moveTo, newcomer, register, words } from './journeys.ts';
import { block, caretBefore, editor, saved } from './writing.ts';

test.describe.configure({ mode: 'serial' });

const SENTENCES = [
	'The square is open to everyone at any hour.',
	'Benches stand no more than forty metres apart.',
	'The fountain runs from April to October.',
	// The page is longer than the screen: it can be scrolled to where the clause stood.
	...Array.from(
		{ length: 24 },
		(_, at) => `Tree ${at + 1} is watered on the first day of the week.`
	)
];
/** As numbered clauses. */
const TEXT = SENTENCES.map((one) => `<span data-moot="clause 1">1 </span>${one}\n`).join('\n');

let slug: string;
/** The ids of the clauses. */
let ids: string[];

const link = (page: Page, at: number) => page.locator(`[data-suggest-block="${ids[at]}"]`);
const beside = (page: Page) => page.getByRole('complementary', { name: 'What people say' });
const own = (page: Page) => page.getByRole('region', { name: 'Your unpublished suggestions' });

/** The text is read with its script there: until then, links lead to the pages that do the same. */
async function read(page: Page): Promise<void> {
	await page.goto(`/documents/${slug}`);
	await page.waitForLoadState('networkidle');
}

test('a text takes suggestions', async ({ openAs }) => {
	test.setTimeout(120_000);
	const rafael = await openAs('rafael');
	slug = await importWords(rafael, TEXT, 'fountain-square.md');
	await moveTo(rafael, slug, 'Co-drafting');
	await rafael.goto(`/documents/${slug}`);
	const links = rafael.locator('[data-suggest-block]');
	ids = await links.evaluateAll((all: HTMLElement[]) =>
		all.map((one) => one.dataset.suggestBlock!)
	);
	expect(ids).toHaveLength(SENTENCES.length);
	await expect(words(rafael, ids[1]!)).toContainText('Benches stand');
});

test('by keyboard, in the place of the text: written, previewed, published, shown beside it', async ({
	openAs
}) => {
	test.setTimeout(120_000);
	const page = await openAs('lena');
	await read(page);
	await link(page, 1).focus();
	const before = (await words(page, ids[1]!).boundingBox())!.y;
	await page.keyboard.press('Enter');
	await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
	await expect(editor(page)).toBeFocused();
	await expect(page, 'one stays on the page of the text').toHaveURL(`/documents/${slug}`);
	const after = (await block(page, ids[1]!).boundingBox())!.y;
	expect(Math.abs(after - before), 'the clause stays where it stood').toBeLessThan(40);

	await caretBefore(page, ids[1]!, 'forty');
	await page.keyboard.type('about ');
	const panel = page.getByRole('complementary', { name: 'Publish' });
	await expect(panel.locator('ins')).toContainText('about');
	await expectAccessible(page, 'a suggestion being written in place');

	await panel.getByLabel('Why', { exact: true }).fill('Trees stand where they stand.');
	await panel.getByRole('checkbox').press('Space');
	await panel.getByRole('button', { name: 'Publish the suggestion' }).press('Enter');

	await expect(page.getByText('Your suggestion is published.')).toBeVisible();
	await expect(words(page, ids[1]!)).toBeVisible();
	const card = beside(page).getByRole('article', { name: 'Lena', exact: false });
	await expect(card.locator('ins')).toHaveText(/about/);
	await expect(card).toContainText('Trees stand where they stand.');
	await expect(card.getByRole('list', { name: 'What became of it' })).toContainText('Heard');
	await expect(own(page)).toHaveCount(0);
	await expectAccessible(page, 'a suggestion among the cards');
});

test('nothing written leaves nothing; what is kept is found above the text', async ({ openAs }) => {
	test.setTimeout(120_000);
	const page = await openAs('lena');
	await read(page);
	await link(page, 2).click();
	await expect(editor(page)).toBeFocused();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(words(page, ids[2]!)).toBeVisible();
	await expect(link(page, 2)).toBeFocused();
	await expect(own(page)).toHaveCount(0);

	await dragOver(page, words(page, ids[2]!), 'April');
	await page.getByRole('link', { name: 'Suggest a change to the selected words' }).click();
	await expect(editor(page)).toBeFocused();
	await page.keyboard.type('March');
	await expect(block(page, ids[2]!)).toContainText('from March to October');
	await expect(saved(page)).toBeVisible();
	await page.getByRole('button', { name: 'Keep for later' }).click();
	await expect(own(page).getByRole('link', { name: 'A change to clause 3' })).toBeVisible();

	await page.reload();
	await expect(own(page).getByRole('link', { name: 'A change to clause 3' })).toBeVisible();
	await page.setViewportSize({ width: 320, height: 800 });
	await expectNoSideways(page, 'an unpublished suggestion above the text');
	await page.setViewportSize({ width: 1280, height: 800 });
	await page.waitForLoadState('networkidle');
	await own(page).getByRole('link', { name: 'A change to clause 3' }).click();
	await expect(block(page, ids[2]!)).toContainText('from March to October');
	await page.goBack();
	await expect(words(page, ids[2]!)).toContainText('from April to October');
	await expect(editor(page)).toHaveCount(0);

	const plain = await openAs('lena', { javaScriptEnabled: false });
	await plain.goto(`/documents/${slug}`);
	await expect(own(plain).getByRole('link', { name: 'A change to clause 3' })).toBeVisible();
});

test('without JavaScript the form does the same, and the cards say it to everybody', async ({
	openAs
}) => {
	const page = await openAs('amina', { javaScriptEnabled: false });
	await page.goto(`/documents/${slug}`);
	await link(page, 0).click();
	await page.getByLabel('How it should read').fill('The square is open to all at any hour.');
	await page.getByLabel('Why', { exact: true }).fill('Shorter.');
	await page.getByRole('checkbox').check();
	await page.getByRole('button', { name: 'Publish the suggestion' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('suggests a change');
	await expect(page.getByRole('list', { name: 'What became of it' })).toContainText('Heard');

	const visitor = await openAs('visitor', { javaScriptEnabled: false });
	await visitor.goto(`/documents/${slug}`);
	const card = beside(visitor).getByRole('article', { name: 'Amina', exact: false });
	await expect(card).toContainText('Shorter.');
	await expect(card.locator('ins')).toContainText('all');
	await expect(card.getByRole('list', { name: 'What became of it' })).toBeVisible();
});

test('the keys n and p go through suggestions and comments as they stand beside the text', async ({
	openAs
}) => {
	const page = await openAs('amina');
	await read(page);
	await expect(page.getByText(/^Keys:/), 'there are only suggestions yet').toBeVisible();
	await dragOver(page, words(page, ids[2]!), 'April');
	await page.getByRole('button', { name: 'Comment on the selected words' }).click();
	await page.getByLabel('What would you like to say?').fill('March was hot, too.');
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(card(page, 'March was hot')).toBeVisible();

	await read(page);
	const suggestion = (reason: string) =>
		beside(page).locator('[id^="suggestion-"]').filter({ hasText: reason });
	await page.locator(`[data-suggestions-of="${ids[0]}"]`).click();
	await expect(suggestion('Shorter.')).toBeFocused();
	await page.keyboard.press('n');
	await expect(suggestion('Trees stand where they stand.')).toBeFocused();
	await page.keyboard.press('n');
	await expect(card(page, 'March was hot')).toBeFocused();
	await page.keyboard.press('p');
	await expect(suggestion('Trees stand where they stand.')).toBeFocused();
	await page.keyboard.press('p');
	await expect(suggestion('Shorter.')).toBeFocused();
});

test('on a phone: the clause’s sheet has its suggestions and follows it', async ({ openAs }) => {
	const page = await openAs('amina', { viewport: { width: 390, height: 844 }, hasTouch: true });
	await read(page);
	await words(page, ids[1]!).scrollIntoViewIfNeeded();
	await page.locator(`[data-suggestions-of="${ids[1]}"]`).click();
	const sheet = page.getByRole('dialog');
	await expect(sheet.getByRole('article')).toContainText('Trees stand where they stand.');
	await expectAccessible(page, 'the sheet of a clause with suggestions');
	await sheet.getByRole('button', { name: 'Follow this clause' }).click();
	await expect(sheet.getByRole('button', { name: 'Following' })).toBeVisible();
	await sheet.getByRole('link', { name: 'Suggest a change' }).click();
	await expect(editor(page)).toBeFocused();
	await expectAccessible(page, 'a suggestion being written on a phone');
	await expectNoSideways(page, 'a suggestion being written on a phone');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(words(page, ids[1]!)).toBeVisible();
});

test('on a desktop: the clause in view is followed beside the text, by keyboard too', async ({
	openAs
}) => {
	const page = await openAs('amina');
	let asked = 0;
	page.on('request', (request) => (asked += Number(request.url().endsWith('/follow/own'))));
	await read(page);
	const follow = beside(page).getByRole('button', { name: 'Follow clause 6', exact: true });
	await expect(async () => {
		await link(page, 5).focus();
		await page.keyboard.press('f');
		await expect(follow).toBeFocused({ timeout: 1_000 });
	}).toPass();
	await page.keyboard.press('Enter');
	await expect(beside(page).getByRole('button', { name: /^Following clause 6/ })).toBeFocused();
	await expectAccessible(page, 'following a clause beside the text');
	for (const at of [20, 12, 16]) {
		await words(page, ids[at]!).evaluate((one) => one.scrollIntoView({ block: 'start' }));
		await expect(beside(page).getByRole('button', { name: /^Follow clause/ })).toBeVisible();
	}
	expect(asked).toBe(1);
});

test('a visitor who would follow a clause signs in and comes back to it', async ({ openAs }) => {
	const page = await openAs('visitor');
	await read(page);
	await beside(page).hover();
	await words(page, ids[9]!).evaluate((one) => one.scrollIntoView({ block: 'center' }));
	await beside(page)
		.getByRole('link', { name: /^Follow clause/ })
		.click();
	await expect(page).toHaveURL(/\/sign-in\?next=/);
	await register(page, newcomer('Ilse Brandt'));
	await expect(page).toHaveURL(/\/follow#./);
	const clause = new URL(page.url()).hash.slice(1);
	await expect(page.locator(`[id="${clause}"]`)).toBeInViewport();
});

test('without JavaScript the text leads to its clauses that can be followed', async ({
	openAs
}) => {
	const page = await openAs('amina', { javaScriptEnabled: false });
	await page.goto(`/documents/${slug}`);
	await page.getByRole('link', { name: 'Follow only some clauses' }).click();
	await page.getByRole('button', { name: 'Follow clause 9', exact: true }).click();
	await expect(page).toHaveURL(/\/follow#./);
	await expect(page.getByRole('button', { name: 'Stop following clause 9' })).toBeVisible();
});
