import type { Page } from '@playwright/test';
import { startSite } from '../support/site.ts';
import { expect, signIn, test } from './fixtures.ts';
import { allText, block, caretBefore, openEditor, saved, textOf } from './writing.ts';

const SLUG = 'urban-heat-and-shade-ordinance';
const CLAUSE = 'c4-9';

test('the server dies while two people type in one paragraph; nothing they typed is lost', async ({
	openAs
}) => {
	test.setTimeout(300_000);
	const site = await startSite();
	try {
		const pages = await Promise.all(
			['rafael', 'dana'].map((who) =>
				openEditor(
					async () => {
						const page = await openAs('visitor', { baseURL: site.url });
						await signIn(page, who);
						return page;
					},
					who,
					SLUG
				)
			)
		);
		const [rafael, dana] = pages as [Page, Page];
		await caretBefore(rafael, CLAUSE, 'may be closed');
		await caretBefore(dana, CLAUSE, 'only if the next');
		const first = 'which is open to all and which nobody may sell ';
		const second = 'after a notice of two weeks at the stop itself, and ';

		// Both go on typing over the whole of it: before, while nobody answers, and after.
		const typing = Promise.all([
			rafael.keyboard.type(first, { delay: 60 }),
			dana.keyboard.type(second, { delay: 60 })
		]);
		await expect
			.poll(() => allText(rafael, `.ProseMirror [data-id="${CLAUSE}"]`))
			.toContain('a no');
		await site.kill();
		await typing;
		await expect(block(rafael, CLAUSE)).toContainText(first.trim());
		await expect(block(dana, CLAUSE)).toContainText(second.trim());
		for (const page of pages) await expect(saved(page)).toBeHidden();
		await site.again();

		for (const page of pages) {
			await expect(saved(page)).toBeVisible({ timeout: 60_000 });
			const text = () => allText(page, `.ProseMirror [data-id="${CLAUSE}"]`);
			await expect.poll(text).toContain(first.trim());
			await expect.poll(text).toContain(second.trim());
		}
		expect(await textOf(rafael, '.ProseMirror > *')).toEqual(
			await textOf(dana, '.ProseMirror > *')
		);

		const reader = await openAs('visitor', { baseURL: site.url });
		await reader.goto(`/documents/${SLUG}`);
		for (const words of [first, second]) {
			await expect(reader.locator(`[data-block="${CLAUSE}"]`)).toContainText(words.trim());
		}
	} finally {
		await site.stop();
	}
});
