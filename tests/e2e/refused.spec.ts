import type { Page } from '@playwright/test';
import { passagesOf, type Passage } from './consulting.ts';
import { expect, test, type OpenAs } from './fixtures.ts';
import { importWords, moveTo, newcomer, register } from './journeys.ts';
import { block, caretBefore, openEditor, saved } from './writing.ts';

test.describe.configure({ mode: 'serial' });

const TEXT = `# The ferry

The ferry leaves every twenty minutes from five in the morning until midnight on all days.

Bicycles travel without a ticket on the lower deck as long as there is room for prams.

Dogs travel on the upper deck and are kept on a short lead for the whole crossing.
`;

let slug: string;
let passages: Passage[];

/** Somebody nobody knows, on the form to suggest other words for a passage; without JavaScript. */
async function writer(openAs: OpenAs, name: string, at: number): Promise<Page> {
	const page = await openAs('visitor', { javaScriptEnabled: false });
	await page.goto(`/sign-in?next=${encodeURIComponent(`/documents/${slug}`)}`);
	await register(page, newcomer(name));
	await page.goto(`/documents/${slug}/suggest?block=${passages[at]!.id}`);
	await page.getByLabel('Why', { exact: true }).fill('It reads better so.');
	await page.getByRole('checkbox', { name: /^I agree that my words may become/ }).check();
	return page;
}

const field = (page: Page) => page.getByLabel(/^(How it should read|Your words)/);

/** Sends other words; the answer says why they are not taken. */
async function refusedWith(page: Page, words: string, why: string): Promise<void> {
	await field(page).fill(words);
	await page.getByRole('button', { name: 'Publish the suggestion' }).click();
	await expect(page.getByRole('alert')).toContainText(why);
}

/** The words are in a private draft to which the refusal leads, and nobody else finds them. */
async function expectKept(openAs: OpenAs, page: Page, words: string): Promise<void> {
	await page.getByRole('link', { name: 'Your words are kept: open them' }).click();
	await expect(page).toHaveURL(/\/branches\/[0-9a-z]{20}$/);
	await expect(page.getByRole('main')).toContainText(words);
	const other = await openAs('paul');
	expect((await other.goto(page.url()))?.status()).toBe(404);
	await other.goto(`/documents/${slug}/suggestions`);
	await expect(other.getByText('No suggestions here')).toBeVisible();
}

test('a text takes suggestions', async ({ openAs }) => {
	const rafael = await openAs('rafael');
	slug = await importWords(rafael, TEXT, 'ferry.md');
	await moveTo(rafael, slug, 'Co-drafting');
	passages = await passagesOf(rafael, slug, 3);
});

test('nothing changed, and far too much, are said; what was typed stays', async ({ openAs }) => {
	test.setTimeout(120_000);
	const page = await writer(openAs, 'Oda Lund', 0);
	const before = await field(page).inputValue();
	await refusedWith(page, before, 'Nothing in the text is changed yet.');
	await expect(field(page)).toHaveValue(before);
	await page.getByRole('checkbox', { name: /^I agree that my words may become/ }).check();
	const much = `The ferry leaves ${'again and again '.repeat(1_500)}from five.`;
	await refusedWith(page, much, 'This changes too much at once: up to 20');
	await expect(field(page)).toHaveValue(much);
	await expectKept(openAs, page, 'again and again again');
});

test('the clause is gone: said so, and the words are a private draft', async ({ openAs }) => {
	test.setTimeout(120_000);
	const page = await writer(openAs, 'Per Dahl', 1);
	const desk = await openEditor(openAs, 'rafael', slug);
	// Word by word, then the empty line with the one before it.
	const gone = block(desk, passages[1]!.id);
	await caretBefore(desk, passages[1]!.id, 'Bicycles');
	const { length } = passages[1]!.words.join(' ');
	for (let left = length; left > 0; left -= 1) await desk.keyboard.press('Delete');
	await desk.keyboard.press('Backspace');
	await expect(gone).toHaveCount(0);
	await expect(saved(desk)).toBeVisible();
	await refusedWith(
		page,
		'Bicycles and scooters travel without a ticket.',
		'This clause is no longer in the text, so the suggestion was not published.'
	);
	await expect(page.getByText('Bicycles and scooters')).toBeVisible();
	await expectKept(openAs, page, 'and scooters');
});

test('the right has ended: what was typed stays on the page', async ({ openAs }) => {
	const page = await writer(openAs, 'Rut Berg', 2);
	await page.context().clearCookies();
	const words = 'Dogs travel on the upper deck without a lead.';
	await refusedWith(page, words, 'You need to sign in for this. What you wrote is kept here.');
	await expect(field(page)).toHaveValue(words);
});

test('the text is frozen: said so, and the words are a private draft', async ({ openAs }) => {
	test.setTimeout(120_000);
	const page = await writer(openAs, 'Siv Moe', 2);
	const rafael = await openAs('rafael');
	await moveTo(rafael, slug, 'Consultation');
	await moveTo(rafael, slug, 'Revising');
	await moveTo(rafael, slug, 'Final');
	await refusedWith(
		page,
		'Dogs travel on the upper deck and are carried.',
		'This text takes no more suggestions. Your words are kept as a private draft.'
	);
	await expectKept(openAs, page, 'carried');
});
