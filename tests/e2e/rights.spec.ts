import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { bringIn, importWords, moveTo, newcomer, register, signInAs } from './journeys.ts';
import { allText, editor, openEditor, saved } from './writing.ts';

const TEXT = '# Shared ground\n\nThe first sentence is by the team.\n';

/** Removes somebody from the text's people. */
async function letGo(page: Page, slug: string, name: string): Promise<void> {
	await page.goto(`/documents/${slug}/settings`);
	await page.getByRole('button', { name: `Remove ${name}` }).click();
	await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}

test('who is taken off a text stops writing within a second, and keeps what was not sent', async ({
	openAs
}) => {
	test.setTimeout(180_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'shared-ground.md');
	await moveTo(rafael, slug, 'Co-drafting');
	await bringIn(rafael, slug, 'dana@meravia.example');

	const dana = await openEditor(openAs, 'dana', slug);
	await editor(dana).press('Control+End');
	await dana.keyboard.type(' Dana was here in time.');
	await expect(saved(dana)).toBeVisible();
	await letGo(rafael, slug, 'Dana Kim');
	await expect(editor(dana)).toHaveAttribute('contenteditable', 'false', { timeout: 1_000 });
	await expect(dana.getByText(/^You can read along here/)).toBeVisible();
	await expect(editor(dana)).toContainText('Dana was here in time.');

	await bringIn(rafael, slug, 'dana@meravia.example');
	await expect(editor(dana)).toHaveAttribute('contenteditable', 'true');

	// Away from the network while it happens: these words can never get in.
	await dana.context().setOffline(true);
	await editor(dana).press('Control+End');
	const unsent = ' These words were written on the train.';
	await dana.keyboard.type(unsent);
	await expect(dana.getByText(/Offline: kept on this device/).first()).toBeVisible();
	await letGo(rafael, slug, 'Dana Kim');
	await dana.context().setOffline(false);
	const kept = dana.locator('pre');
	await expect(kept).toContainText(unsent.trim(), { timeout: 30_000 });
	await expect(dana.getByText('Some of your words did not get into the text')).toBeVisible();
	await expect(editor(dana)).not.toContainText(unsent.trim());
	await dana.reload();
	await expect(kept, 'they outlive a reload').toContainText(unsent.trim());
	await dana.getByRole('button', { name: 'Delete from this device' }).click();
	await expect(kept).toHaveCount(0);

	await rafael.goto(`/documents/${slug}`);
	await expect(rafael.locator('article')).toContainText('Dana was here in time.');
	await expect(rafael.locator('article')).not.toContainText(unsent.trim());
});

test('signing out elsewhere ends the live session here', async ({ openAs }) => {
	test.setTimeout(180_000);
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, 'two-devices.md');
	await moveTo(rafael, slug, 'Co-drafting');

	const vera = newcomer('Vera Okonjo');
	const laptop = await openAs('visitor');
	await laptop.goto('/sign-in');
	await register(laptop, vera);
	await bringIn(rafael, slug, vera.email);
	await laptop.goto(`/documents/${slug}/edit`);
	await expect(editor(laptop)).toHaveAttribute('contenteditable', 'true');
	await editor(laptop).press('Control+End');
	await laptop.keyboard.type(' Written on the laptop.');
	await expect(saved(laptop)).toBeVisible();

	const phone = await openAs('visitor', { viewport: { width: 390, height: 844 } });
	await signInAs(phone, vera);
	await expect(phone).not.toHaveURL(/sign-in/);
	await phone.goto('/account');
	await phone.getByRole('button', { name: /^End the session on/ }).click();
	await expect(phone.getByText('That session has ended.')).toBeVisible();

	// What is typed now is nobody's: it does not get into the text.
	await expect(editor(laptop)).toHaveAttribute('contenteditable', 'false', { timeout: 5_000 });
	await phone.goto(`/documents/${slug}`);
	await expect.poll(() => allText(phone, 'article [data-block]')).toContain('on the laptop.');
	await laptop.goto('/account');
	await expect(laptop).toHaveURL(/\/sign-in/);
});
