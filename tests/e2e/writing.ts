/** What tests do in the live editor, as a person at a keyboard would. */
import { expect, type Page } from '@playwright/test';
import type { OpenAs } from './fixtures.ts';

/** Opens the editor of a document and waits until it may be written in. */
export async function openEditor(openAs: OpenAs, role: string, slug: string): Promise<Page> {
	const page = await openAs(role);
	await page.goto(`/documents/${slug}/edit`);
	await expect(editor(page)).toHaveAttribute('contenteditable', 'true');
	await expect(saved(page)).toBeVisible();
	return page;
}

export const editor = (page: Page) => page.locator('.ProseMirror');

/** The block with this id in the editor. */
export const block = (page: Page, id: string) => editor(page).locator(`[data-id="${id}"]`);

/** The words *Saved*, where the eye already is. */
export const saved = (page: Page) => page.getByText('Saved', { exact: true });

/** Puts the caret right before the first occurrence of these words in a block. */
export async function caretBefore(page: Page, id: string, words: string): Promise<void> {
	await editor(page).focus();
	await block(page, id).evaluate((element, wanted) => {
		const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
		let passed = '';
		const nodes: { node: Node; start: number }[] = [];
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			nodes.push({ node, start: passed.length });
			passed += node.textContent ?? '';
		}
		const at = passed.indexOf(wanted);
		if (at < 0) throw new Error(`“${wanted}” is not in “${passed}”`);
		const place = nodes.findLast(({ start }) => start <= at)!;
		getSelection()!.collapse(place.node, at - place.start);
	}, words);
	// ProseMirror reads the selection when the browser tells it; a key before that would go astray.
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(null))));
}

/** The text of a page's blocks, line by line, without what is drawn around them. */
export function textOf(page: Page, selector: string): Promise<string[]> {
	return page.locator(selector).evaluateAll((blocks) =>
		blocks.map((element) => {
			const copy = element.cloneNode(true) as Element;
			for (const drawn of copy.querySelectorAll('[aria-hidden], .ProseMirror-widget'))
				drawn.remove();
			return (copy.textContent ?? '').replace(/\s+/g, ' ').trim();
		})
	);
}

/** The same as one string. */
export async function allText(page: Page, selector: string): Promise<string> {
	return (await textOf(page, selector)).join(' ');
}
