/** What people do in a consultation, each as a person does it: say, suggest, rate, answer. */
import { expect, type Locator, type Page } from '@playwright/test';
import { dragOver } from './journeys.ts';
import { block, caretBefore, editor, saved } from './writing.ts';

/** A passage of a text that people speak about: its id, and its words up to the first footnote. */
export interface Passage {
	id: string;
	words: string[];
}

/** The first passages of a text that have enough plain words at their beginning to be changed. */
export async function passagesOf(page: Page, slug: string, count: number): Promise<Passage[]> {
	await page.goto(`/documents/${slug}`);
	const found = await page.locator('article [data-block][data-from]').evaluateAll((blocks) =>
		blocks.map((element) => {
			const first = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
				node.parentElement?.closest('[data-skip], [data-embed]')
					? NodeFilter.FILTER_REJECT
					: NodeFilter.FILTER_ACCEPT
			);
			const words = (first.nextNode()?.textContent ?? '').trim().split(/\s+/);
			const id = (element as HTMLElement).dataset.block!;
			const open = document.querySelector(`a[href$="/suggest?block=${CSS.escape(id)}"]`) !== null;
			return { id, words, open };
		})
	);
	const fit = found.filter(({ words, open }) => open && words.length >= 12);
	expect(fit.length, 'passages with words to change').toBeGreaterThanOrEqual(count);
	return fit.slice(0, count).map(({ id, words }) => ({ id, words }));
}

/** The link below a passage that leads to writing on it: `Comment` or `Suggest`. */
async function wayTo(page: Page, slug: string, id: string, act: 'annotations/new' | 'suggest') {
	await page.goto(`/documents/${slug}`);
	return page.locator(`a[href$="/${act}?block=${encodeURIComponent(id)}"]`).first();
}

/** Says something of a kind on a passage, on the page that its link leads to. */
export async function say(
	page: Page,
	slug: string,
	id: string,
	{ kind, fill }: { kind: string; fill: () => Promise<void> }
): Promise<void> {
	const link = await wayTo(page, slug, id, 'annotations/new');
	await page.goto((await link.getAttribute('href'))!);
	await page.getByRole('link', { name: kind, exact: true }).click();
	await expect(page.getByRole('link', { name: kind, exact: true })).toHaveAttribute(
		'aria-current',
		'true'
	);
	await fill();
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page).toHaveURL(/annotations\/[0-9a-z]{20}/);
}

/** The reading page's script is there: it says how to comment, or which keys there are. */
export async function expectScript(page: Page): Promise<void> {
	await expect(page.getByText(/^(Keys:|Select words in the text, or use)/).first()).toBeVisible();
}

/** Selects words with a mouse, suggests by writing in the place of the text; ends on the suggestion's page. */
export async function suggestInText(
	page: Page,
	slug: string,
	passage: Passage,
	{ before, type, why }: { before: string; type: string; why: string }
): Promise<void> {
	await page.goto(`/documents/${slug}`);
	await expectScript(page);
	await dragOver(page, page.locator(`[data-block="${passage.id}"]`), before);
	await page.getByRole('link', { name: 'Suggest a change to the selected words' }).click();
	await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
	await caretBefore(page, passage.id, before);
	await page.keyboard.type(type);
	await expect(block(page, passage.id)).toContainText(`${type}${before}`);
	await expect(saved(page)).toBeVisible();
	await expect(page.locator('aside ins')).toContainText(type.trim());
	await fillPublishing(page, why);
	await expect(page.getByText('Your suggestion is published.')).toBeVisible();
	const card = page.getByRole('article', { name: 'suggests a change' }).filter({ hasText: why });
	await card.locator('a:has(ins)').click();
	await expectSuggestion(page, why);
}

/** Suggests in the form that the link leads to where no script answers it; ends on the suggestion's page. */
export async function suggestInWords(
	page: Page,
	slug: string,
	passage: Passage,
	{ change, why }: { change: (words: string) => string; why: string }
): Promise<void> {
	const link = await wayTo(page, slug, passage.id, 'suggest');
	await page.goto((await link.getAttribute('href'))!);
	const field = page.getByLabel('How it should read');
	const before = await field.inputValue();
	expect(change(before), 'the form holds the words to change').not.toBe(before);
	await refill(field, change(before));
	await publish(page, why);
}

/**
 * Puts other words into a field that holds some. A page that comes alive between the selecting and the
 * typing, which a browser is told to do one after the other, leaves the words standing behind the old ones.
 */
async function refill(field: Locator, words: string): Promise<void> {
	await expect(async () => {
		await field.fill(words);
		await expect(field).toHaveValue(words, { timeout: 100 });
	}).toPass();
}

/** Gives the reason, agrees to the terms and publishes. */
export async function publish(page: Page, why: string): Promise<void> {
	await fillPublishing(page, why);
	await expectSuggestion(page, why);
}

async function fillPublishing(page: Page, why: string): Promise<void> {
	await page.getByLabel('Why', { exact: true }).fill(why);
	await page.getByRole('checkbox', { name: /^I agree that my words may become/ }).check();
	await page.getByRole('button', { name: 'Publish the suggestion' }).click();
}

async function expectSuggestion(page: Page, why: string): Promise<void> {
	await expect(page).toHaveURL(/\/suggestions\/[0-9a-z]{20}$/);
	await expect(page.getByText(why)).toBeVisible();
}

/** The line of what somebody said, on the desk. */
export const deskLine = (desk: Page, words: string): Locator =>
	desk.getByRole('region', { name: 'Waiting for an answer' }).getByRole('listitem').filter({
		hasText: words
	});

/** Picks lines of the desk by what stands in them, and waits until each is. */
export async function pick(desk: Page, ...lines: string[]): Promise<void> {
	for (const [at, words] of lines.entries()) {
		await deskLine(desk, words).getByRole('checkbox').check();
		await expect(desk.getByText(`${at + 1} picked`, { exact: true })).toBeVisible();
	}
}

/** Writes the reason and acts; waits until the desk says that it is done. */
export async function decide(desk: Page, act: string, reason: string): Promise<void> {
	await desk.getByLabel(/^Reason, sent to/).fill(reason);
	await desk.getByRole('button', { name: act, exact: true }).click();
	await expect(desk.getByText('Done. Everyone it is about is told')).toBeVisible();
	await expect(
		desk.getByText('0 picked', { exact: true }).or(desk.getByText('Nothing waits')).first()
	).toBeVisible();
}

/** Letters at once, and only of what this is about. */
export async function wishLetters(page: Page): Promise<void> {
	await page.goto('/account/news');
	await page.getByRole('radio', { name: /^At once/ }).check();
	await page.getByRole('checkbox', { name: 'when a moderator decides on what I wrote' }).uncheck();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
}

interface Told {
	slug: string;
	title: string;
	words: string;
	reason: string;
	/** The marks that are set. */
	marks: string;
}

/** What an author finds: news of the answer that lead to it, and the marks on what they said. */
export async function expectTold(page: Page, told: Told): Promise<void> {
	const news = page.getByRole('list', { name: 'News, latest first' }).getByRole('listitem');
	const answer = news.filter({ hasText: told.title }).filter({ hasText: 'You have an answer' });
	await expect
		.poll(
			async () => {
				await page.goto('/news');
				return answer.count();
			},
			{ timeout: 60_000 }
		)
		.toBeGreaterThan(0);
	await answer.first().getByRole('link').click();
	await expect(page.getByText(told.reason).first()).toBeVisible();

	await page.goto('/account/contributions');
	const mine = page.getByRole('article').filter({ hasText: told.words });
	await expect(mine).toContainText(told.reason);
	const marks = mine.getByRole('list', { name: 'What became of it' });
	const set = (await marks.getByRole('link').allInnerTexts()).map((text) =>
		text.split(':')[0]!.trim()
	);
	expect(set.join(' ')).toBe(told.marks);
}
