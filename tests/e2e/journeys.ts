/** Steps that several journeys share, each done as a person does it. */
import { expect, type Locator, type Page } from '@playwright/test';

export interface Newcomer {
	name: string;
	email: string;
	password: string;
}

let made = 0;

/** Somebody nobody has met yet. */
export function newcomer(name: string): Newcomer {
	made += 1;
	const address = `${name.toLowerCase().replace(/\W+/g, '.')}.${process.pid}.${Date.now()}.${made}`;
	return { name, email: `${address}@meravia.example`, password: 'seven quiet lanterns' };
}

/** From the sign-in page: makes an account and signs in with it. Ends where the sign-in led. */
export async function register(page: Page, person: Newcomer): Promise<void> {
	await page.getByRole('link', { name: 'Create an account' }).click();
	await page.getByLabel('Your name').fill(person.name);
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('button', { name: 'Create my account' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('One step left: sign in');
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page).not.toHaveURL(/\/(sign-in|register)/);
}

/** Signs somebody in again, from anywhere. */
export async function signInAs(page: Page, person: Newcomer): Promise<void> {
	await page.goto('/sign-in');
	await page.getByLabel('E-mail address').fill(person.email);
	await page.getByLabel('Password', { exact: true }).fill(person.password);
	await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Starts a document from Markdown words; returns its slug. The page ends in its editor, past any report. */
export async function importWords(
	page: Page,
	markdown: string,
	name = 'a-plan.md'
): Promise<string> {
	await page.goto('/documents/new');
	await page.getByRole('radio', { name: 'A file' }).check();
	const buffer = Buffer.from(markdown);
	await page.locator('input[name=file]').setInputFiles({ name, mimeType: 'text/markdown', buffer });
	await page.getByRole('button', { name: 'Create the document' }).click();
	const report = page.getByRole('heading', { level: 1, name: 'Your text is here' });
	await expect(report.or(page.locator('.ProseMirror'))).toBeVisible();
	if (await report.isVisible()) await page.getByRole('link', { name: 'Write in the text' }).click();
	await expect(page).toHaveURL(/\/documents\/[^/]+\/edit$/);
	return /\/documents\/([^/]+)\/edit/.exec(page.url())![1]!;
}

/** Moves a document to its next stage, in its settings. */
export async function moveTo(page: Page, slug: string, stage: string): Promise<void> {
	await page.goto(`/documents/${slug}/settings`);
	await page.getByRole('radio', { name: new RegExp(`^${stage}`) }).check();
	if (stage === 'Consultation') {
		const inAMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
		await page.getByLabel('Last day of the consultation').fill(inAMonth);
	}
	await page.getByLabel(/^Reason/).fill('The team agrees that it is time.');
	await page.getByRole('button', { name: 'Move the document' }).click();
	await expect(page.getByText(`This text is now: ${stage}.`)).toBeVisible();
}

/** Lets somebody write in a document, or lead it. */
export async function bringIn(page: Page, slug: string, email: string): Promise<void> {
	await page.goto(`/documents/${slug}/settings`);
	await page.getByLabel('E-mail address').fill(email);
	await page.getByRole('button', { name: 'Bring in' }).click();
	await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}

/** The words of one block of the text. */
export const words = (page: Page, block: string): Locator =>
	page.locator(`[data-block="${block}"]`);

/** The first and last point of some words on the screen. */
export async function ends(block: Locator, wanted: string) {
	await block.scrollIntoViewIfNeeded();
	return block.evaluate((element, quote) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const at = node.textContent!.indexOf(quote);
			if (at < 0) continue;
			const range = document.createRange();
			range.setStart(node, at);
			range.setEnd(node, at + quote.length);
			const boxes = range.getClientRects();
			const [first, last] = [boxes[0]!, boxes[boxes.length - 1]!];
			const middle = (box: DOMRect) => box.top + box.height / 2;
			return {
				from: { x: first.left + 1, y: middle(first) },
				to: { x: last.right - 1, y: middle(last) }
			};
		}
		throw new Error(`“${quote}” is not in “${element.textContent}”`);
	}, wanted);
}

/** Drags the mouse over some words. */
export async function dragOver(page: Page, block: Locator, wanted: string): Promise<void> {
	const { from, to } = await ends(block, wanted);
	await page.mouse.move(from.x, from.y);
	await page.mouse.down();
	await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
	await page.mouse.move(to.x, to.y);
	await page.mouse.up();
}

/** The card of a comment with these words. */
export const card = (page: Page, body: string): Locator =>
	page.locator('[data-card]').filter({ hasText: body });

/** The card of the comment that somebody made, whatever it says by now. */
export const cardBy = (page: Page, name: string): Locator =>
	page.getByRole('complementary').getByRole('article', { name: `Comment by ${name}` });
