import { expect, test } from './fixtures.ts';
import { bringIn, importWords, moveTo } from './journeys.ts';
import { allText, caretBefore, openEditor, saved } from './writing.ts';

test('“Who wrote this?” names the right people for the selected words', async ({ openAs }) => {
	test.setTimeout(120_000);
	const lead = await openAs('rafael');
	const slug = await importWords(
		lead,
		'# Shared words\n\nThe city plants trees.\n',
		'shared-words.md'
	);
	await moveTo(lead, slug, 'Co-drafting');
	await bringIn(lead, slug, 'dana@meravia.example');
	const [rafael, dana] = await Promise.all([
		openEditor(openAs, 'rafael', slug),
		openEditor(openAs, 'dana', slug)
	]);
	const paragraph = dana.locator('.ProseMirror [data-id]', { hasText: 'The city plants' });
	const id = (await paragraph.getAttribute('data-id'))!;
	await caretBefore(dana, id, 'trees.');
	await dana.keyboard.type('four thousand ');
	await expect(saved(dana)).toBeVisible();
	await expect
		.poll(() => allText(rafael, '.ProseMirror > p'))
		.toContain('plants four thousand trees.');

	await caretBefore(rafael, id, 'The city');
	await rafael.keyboard.press('Shift+End');
	await rafael.getByRole('button', { name: 'Who wrote this?' }).click();
	const stretches = rafael.getByRole('dialog').getByRole('listitem');
	await expect(stretches).toHaveCount(3);
	await expect(stretches.nth(0)).toContainText('The city plants');
	await expect(stretches.nth(0)).toContainText('Rafael Keita');
	await expect(stretches.nth(1)).toContainText('four thousand');
	await expect(stretches.nth(1)).toContainText('Dana Kim');
	await expect(stretches.nth(2)).toContainText('Rafael Keita');
	await rafael.keyboard.press('Escape');

	await caretBefore(rafael, id, 'thousand');
	await rafael.keyboard.press('Control+Shift+ArrowRight');
	await rafael.getByRole('button', { name: 'Who wrote this?' }).click();
	await expect(stretches).toHaveCount(1);
	await expect(stretches).toContainText('Dana Kim');
});
