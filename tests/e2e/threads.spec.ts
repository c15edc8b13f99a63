import type { Page } from '@playwright/test';
import { expect, test, type OpenAs } from './fixtures.ts';
import { card, dragOver, importWords, moveTo } from './journeys.ts';
import { caretBefore, editor, openEditor, saved } from './writing.ts';

const SENTENCES = [
	'The lamps stay warm until the last tram.',
	'The benches dry within an hour.',
	'The fountain runs from April to October.'
];
const TEXT = `# Small square\n\n${SENTENCES.join('\n\n')}\n`;

/** Comments on some words of the text, as somebody with a mouse. */
async function comment(page: Page, quote: string, body: string): Promise<void> {
	await dragOver(page, page.locator('article [data-block]').filter({ hasText: quote }), quote);
	await page.getByRole('button', { name: 'Comment on the selected words' }).click();
	await page.getByLabel('What would you like to say?').fill(body);
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(card(page, body)).toBeVisible();
}

test('a thread is answered, resolved, reopened, walked through and filtered', async ({
	openAs
}) => {
	test.setTimeout(180_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'small-square.md');
	await moveTo(rafael, slug, 'Co-drafting');

	const lena = await openAs('lena');
	await lena.goto(`/documents/${slug}`);
	await expect(lena.getByText(/^Select words in the text, or use/)).toBeVisible();
	await comment(lena, 'until the last tram', 'Which tram is the last on Sundays?');
	await comment(lena, 'within an hour', 'Measured by whom?');
	await comment(lena, 'from April to October', 'March was hot, too.');

	await test.step('the keys n and p go from one to the next', async () => {
		await lena.reload();
		await expect(lena.getByText(/^Keys:/)).toBeVisible();
		await lena.keyboard.press('n');
		await expect(card(lena, 'Which tram')).toBeFocused();
		await lena.keyboard.press('n');
		await expect(card(lena, 'Measured by whom')).toBeFocused();
		await lena.keyboard.press('p');
		await expect(card(lena, 'Which tram')).toBeFocused();
	});

	await test.step('the one who leads the text answers and resolves', async () => {
		await rafael.goto(`/documents/${slug}`);
		const thread = card(rafael, 'Which tram');
		await thread.getByRole('link', { name: 'Reply' }).click();
		await thread.getByLabel('Your reply').fill('The 0:40. I shall write the time.');
		await thread.getByRole('button', { name: 'Post reply' }).click();
		await expect(thread).toContainText('The 0:40.');
		await thread.getByRole('button', { name: 'Resolve' }).click();
		await expect(rafael.getByText('The thread is marked as resolved.')).toBeVisible();
	});

	const list = `/documents/${slug}/annotations`;
	const showing = (label: RegExp) => lena.getByRole('link', { name: label });
	await test.step('its author finds the answer among the resolved and reopens it', async () => {
		await lena.goto(list);
		await expect(showing(/^Open 2$/)).toBeVisible();
		await expect(card(lena, 'Which tram')).toHaveCount(0);
		await showing(/^Resolved 1$/).click();
		const thread = card(lena, 'Which tram');
		await expect(thread).toContainText('Resolved by Rafael Keita');
		await expect(thread).toContainText('The 0:40.');
		await thread.getByRole('button', { name: 'Reopen' }).click();
		await expect(lena.getByText('The thread is open again.')).toBeVisible();
		await expect(showing(/^Resolved 0$/)).toBeVisible();
		await showing(/^Open 3$/).click();
		await expect(card(lena, 'Measured by whom')).toBeVisible();
		await lena.keyboard.press('n');
		await expect(card(lena, 'Which tram')).toBeFocused();
	});

	await test.step('when the words change or go, the list says so', async () => {
		const desk = await openEditor(openAs, 'rafael', slug);
		const block = async (words: string) =>
			(await desk.locator('.ProseMirror [data-id]', { hasText: words }).getAttribute('data-id'))!;
		await caretBefore(desk, await block(SENTENCES[1]!), 'an hour');
		await desk.keyboard.type('half ');
		await caretBefore(desk, await block(SENTENCES[2]!), SENTENCES[2]!);
		await desk.keyboard.press('Shift+End');
		await desk.keyboard.type('Pigeons are welcome.');
		await expect(editor(desk)).toContainText('Pigeons are welcome.');
		await expect(saved(desk)).toBeVisible();

		await lena.goto(list);
		await showing(/^Text changed since 1$/).click();
		await expect(card(lena, 'Measured by whom')).toContainText('The text changed since');
		await expect(card(lena, 'Measured by whom').locator('q')).toHaveText('within an hour');
		await showing(/^Words gone 1$/).click();
		await expect(card(lena, 'March was hot')).toContainText('no longer in the text');
		await expect(card(lena, 'March was hot').locator('q')).toHaveText('from April to October');
	});
});

test('a long list is turned page by page', async ({ openAs }) => {
	test.setTimeout(180_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'long-talk.md');
	await moveTo(rafael, slug, 'Co-drafting');
	// Nobody may post more than a few in a minute, so it takes several to fill a page.
	const people = ['marta', 'priya', 'jonas', 'ines'];
	await Promise.all(people.map((who, at) => postSeven(openAs, who, slug, at * 7)));

	await rafael.goto(`/documents/${slug}/annotations`);
	const cards = rafael.locator('[data-card]');
	await expect(cards).toHaveCount(25);
	const first = await cards.allInnerTexts();
	const pager = rafael.getByRole('navigation', { name: 'Pages' });
	await pager.getByRole('link').click();
	await expect(cards).toHaveCount(3);
	expect(first).not.toContain(await cards.first().innerText());
	await pager.getByRole('link').click();
	await expect(cards).toHaveCount(25);
});

/** Seven comments by one person, sent as the form without JavaScript sends them. */
async function postSeven(openAs: OpenAs, who: string, slug: string, from: number): Promise<void> {
	const page = await openAs(who);
	await page.goto(`/documents/${slug}`);
	const block = page.locator('article [data-block]').nth(1);
	const form = { block: (await block.getAttribute('data-block'))!, quote: '' };
	const headers = { origin: new URL(page.url()).origin, accept: 'application/json' };
	for (let at = from; at < from + 7; at += 1) {
		const posted = await page.request.post(`/documents/${slug}/annotations/new?/block`, {
			form: { ...form, body: `Remark number ${at}.`, key: `${who}-remark-${at}-${Date.now()}` },
			headers
		});
		// A refused form answers 200 as well; what became of it is inside.
		const { type } = (await posted.json()) as { type: string };
		expect(type, await posted.text()).not.toMatch(/failure|error/);
	}
}
