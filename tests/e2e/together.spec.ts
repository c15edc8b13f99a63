import { expect, test } from './fixtures.ts';
import { allText, caretBefore, editor, openEditor, saved, textOf } from './writing.ts';

const SLUG = 'urban-heat-and-shade-ordinance';
const CLAUSE = 'c4-2';
const QUOTE = 'provided that a passage of two metres';

test('two people type in one paragraph while it is split and joined, and a reader sees the same', async ({
	openAs
}) => {
	test.setTimeout(120_000);
	const [rafael, dana] = await Promise.all([
		openEditor(openAs, 'rafael', SLUG),
		openEditor(openAs, 'dana', SLUG)
	]);
	const reader = await openAs('visitor');
	await reader.goto(`/documents/${SLUG}`);
	const clause = reader.locator(`[data-block="${CLAUSE}"]`);
	await expect(clause).toContainText(QUOTE);

	await caretBefore(rafael, CLAUSE, 'stays free');
	await caretBefore(dana, CLAUSE, 'for people walking');
	const written = 'always and at every hour of the day ';
	await Promise.all([
		rafael.keyboard.type(written, { delay: 30 }),
		(async () => {
			for (let time = 0; time < 6; time += 1) {
				await dana.keyboard.press('Enter');
				await dana.keyboard.type('and ', { delay: 20 });
				// Four letters, the clause's number, the line-end.
				for (let back = 0; back < 6; back += 1) await dana.keyboard.press('Backspace');
			}
		})()
	]);

	for (const page of [rafael, dana]) await expect(saved(page)).toBeVisible();
	const sentence = `${QUOTE} ${written}stays free for people walking`;
	for (const page of [rafael, dana]) {
		await expect
			.poll(() => allText(page, `.ProseMirror [data-id="${CLAUSE}"]`))
			.toContain(sentence);
	}
	await expect(clause).toContainText(sentence);

	const [first, second] = await Promise.all([
		textOf(rafael, '.ProseMirror > *'),
		textOf(dana, '.ProseMirror > *')
	]);
	expect(second).toEqual(first);

	// The comment that was made on these words is still on exactly these words, on every screen.
	for (const page of [rafael, dana]) {
		await expect(editor(page).locator('.highlight', { hasText: QUOTE }).first()).toHaveText(QUOTE);
	}
	await expect(clause.locator('mark', { hasText: QUOTE })).toHaveText(QUOTE);
});

test('what was typed without a connection survives a reload and is merged afterwards', async ({
	openAs
}) => {
	test.setTimeout(120_000);
	const slug = 'cool-stops-how-a-shaded-stop-is-asked-for-built-and-looked';
	const marta = await openEditor(openAs, 'marta', slug);
	const jonas = await openEditor(openAs, 'jonas', slug);
	// A second visit, so that the page itself is kept on the device.
	await marta.reload();
	await expect(editor(marta)).toHaveAttribute('contenteditable', 'true');
	await marta.evaluate(async () => void (await navigator.serviceWorker.ready));
	await marta.reload();
	await expect(editor(marta)).toHaveAttribute('contenteditable', 'true');

	await marta.context().setOffline(true);
	await expect(marta.getByText(/Offline: kept on this device/).first()).toBeVisible();
	await editor(marta).press('Control+Home');
	const typed = 'Written on the night train, far from any network. ';
	await marta.keyboard.type(typed);
	await editor(jonas).press('Control+End');
	await jonas.keyboard.type(' Meanwhile, in the office.');

	await marta.reload();
	await expect(editor(marta)).toContainText(typed.trim());
	await expect(editor(marta)).not.toContainText('Meanwhile, in the office.');
	await editor(marta).press('Control+Home');
	await marta.keyboard.type('After a reload, still offline: ');

	await marta.context().setOffline(false);
	await expect(saved(marta)).toBeVisible({ timeout: 30_000 });
	for (const page of [marta, jonas]) {
		const text = () => allText(page, '.ProseMirror > *');
		await expect.poll(text).toContain(`After a reload, still offline: ${typed.trim()}`);
		await expect.poll(text).toContain('Meanwhile, in the office.');
	}
	expect(await textOf(marta, '.ProseMirror > *')).toEqual(await textOf(jonas, '.ProseMirror > *'));
});
