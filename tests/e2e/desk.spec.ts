import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSideways, expectReadableColours } from './accessible.ts';
import { deskLine, passagesOf, suggestInWords } from './consulting.ts';
import { expect, test, type OpenAs } from './fixtures.ts';
import { importWords, moveTo } from './journeys.ts';

const TEXT = `# The arcade

Street vendors may trade within ten metres of a shaded stop, provided that a passage of two metres stays free for people walking.
`;
/** What people want, in the order in which they say so; the second wants the words of the first. */
const WISHES: Array<[who: string, name: string, from: string, to: string]> = [
	['amina', 'Amina Moreau', 'ten metres', 'twenty metres'],
	['lena', 'Lena Ruiz', 'ten metres', 'sight'],
	['jonas', 'Jonas Okafor', 'two metres', 'two metres, awning included,'],
	['paul', 'Paul Adeyemi', 'may', 'shall be allowed to'],
	['ines', 'Ines Tavares', 'people walking', 'everybody']
];

async function wishedFor(openAs: OpenAs, name: string): Promise<[Page, string]> {
	const rafael = await openAs('rafael');
	const slug = await importWords(rafael, TEXT, name);
	await moveTo(rafael, slug, 'Co-drafting');
	const [passage] = await passagesOf(rafael, slug, 1);
	for (const [who, , from, to] of WISHES) {
		const page = await openAs(who);
		const change = (words: string) => words.replace(from, to);
		await suggestInWords(page, slug, passage!, { change, why: `Better: ${to}.` });
		await page.close();
	}
	return [rafael, slug];
}

/** Presses Tab until this has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
	await expect(wanted).toBeVisible();
	for (let step = 0; step < 120; step += 1) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	await expect(wanted, 'reached by Tab').toBeFocused();
}

const result = (page: Page) => page.getByRole('region', { name: 'What you are about to do' });
const reason = (page: Page) => page.getByLabel(/^Reason, sent to/);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The desk without anything picked, its script there. */
async function openDesk(page: Page, slug: string): Promise<void> {
	await page.goto(`/documents/${slug}/desk`, { waitUntil: 'networkidle' });
	await expect(page.getByText('0 picked', { exact: true })).toBeVisible();
}

/** Goes down the list by J and picks by X the lines of these people. */
async function pickByKeys(page: Page, ...names: string[]): Promise<void> {
	let picked = 0;
	const lines = page.getByRole('region', { name: 'Waiting for an answer' }).getByRole('listitem');
	for (let at = 0; at < (await lines.count()); at += 1) {
		await page.keyboard.press('j');
		await expect(lines.nth(at).getByRole('checkbox')).toBeFocused();
		const words = await lines.nth(at).innerText();
		if (!names.some((name) => words.includes(name))) continue;
		await page.keyboard.press('x');
		picked += 1;
		await expect(page.getByText(`${picked} picked`, { exact: true })).toBeVisible();
		await expect(lines.nth(at).getByRole('checkbox')).toBeFocused();
	}
	expect(picked).toBe(names.length);
}

test('the desk by keyboard alone: together, an overlap three ways, by a reason at hand, undone', async ({
	openAs
}) => {
	test.setTimeout(240_000);
	const [page, slug] = await wishedFor(openAs, 'arcade.md');
	const text = page.locator('article [data-block]').filter({ hasText: 'Street vendors' });

	await test.step('a reason is kept at hand', async () => {
		await openDesk(page, slug);
		await tabTo(page, page.getByRole('link', { name: 'Reasons at hand' }));
		await page.keyboard.press('Enter');
		await tabTo(page, page.getByLabel('Name'));
		await page.keyboard.type('Measured otherwise');
		await page.keyboard.press('Tab');
		await page.keyboard.type('What was measured says otherwise.');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { name: 'Measured otherwise' })).toBeVisible();
		await tabTo(page, page.getByRole('link', { name: 'Back to the desk' }));
		await page.keyboard.press('Enter');
		await expect(page.getByText('0 picked', { exact: true })).toBeVisible();
	});

	await test.step('the keys are told, and Escape leads back', async () => {
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
	});

	await test.step('of four picked two overlap: shown three ways, and one is taken', async () => {
		await pickByKeys(page, 'Amina', 'Lena', 'Jonas', 'Paul');
		await expect(page.getByRole('heading', { name: 'One overlap needs you' })).toBeVisible();
		await expect(button(page, 'Accept 4 together')).toBeDisabled();
		const sides = result(page).getByRole('listitem');
		await expect(sides).toHaveCount(3);
		await expect(sides.nth(0)).toContainText('Now');
		await expect(sides.nth(1).locator('ins')).toHaveText('twenty');
		await expect(sides.nth(2).locator('ins')).toHaveText('sight');
		await tabTo(page, page.getByRole('link', { name: /^Take this one.*Amina Moreau/ }));
		await page.keyboard.press('Enter');
		await expect(page.getByText('3 picked', { exact: true })).toBeVisible();
		await expect(deskLine(page, 'Lena Ruiz').getByRole('checkbox')).not.toBeChecked();
		await expect(deskLine(page, 'Lena Ruiz')).toContainText('overlaps one picked');
	});

	await test.step('A asks for the reason first, then accepts', async () => {
		await page.keyboard.press('a');
		await expect(reason(page)).toBeFocused();
		await page.keyboard.type('The trial showed no crowding; a, d and x are letters here.');
		await page.keyboard.press('Tab');
		await expect(button(page, 'Accept 3 together')).toBeFocused();
		await page.keyboard.press('a');
		await expect(page.getByText('Done. Everyone it is about is told')).toBeVisible();
		await tabTo(page, page.getByRole('link', { name: 'Decision 1', exact: true }));
		await page.keyboard.press('Enter');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('1');
		await expect(page.getByText('3 contributions answered')).toBeVisible();
	});

	await test.step('it is taken back by another decision, and the text is as before', async () => {
		await tabTo(page, page.locator('summary', { hasText: 'Take this decision back' }));
		await page.keyboard.press('Enter');
		await tabTo(page, page.getByRole('textbox', { name: 'Reason' }));
		await page.keyboard.type('The trial was read wrongly.');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await expect(page.getByText('Takes back decision 1')).toBeVisible();
		await page.goto(`/documents/${slug}`);
		await expect(text).toContainText('may trade within ten metres');
		await expect(text).toContainText('a passage of two metres stays free');
	});

	await test.step('one is declined by the reason at hand, another noted', async () => {
		await openDesk(page, slug);
		await expect(deskLine(page, 'overlaps')).toHaveCount(0);
		await pickByKeys(page, 'Lena');
		await page.keyboard.press('r');
		await expect(reason(page)).toBeFocused();
		await page.keyboard.press('Shift+Tab');
		await expect(page.getByLabel(/^A reason at hand/)).toBeFocused();
		await page.keyboard.press('ArrowDown');
		await expect(reason(page)).toHaveValue('What was measured says otherwise.');
		await tabTo(page, button(page, 'Accept it'));
		await page.keyboard.press('d');
		await expect(page.getByText('Done. Everyone it is about is told')).toBeVisible();
		await expect(deskLine(page, 'Lena Ruiz')).toHaveCount(0);
		await pickByKeys(page, 'Ines');
		await page.keyboard.press('n');
		await expect(reason(page)).toBeFocused();
		await page.keyboard.type('We shall see to it elsewhere.');
		await page.keyboard.press('Tab');
		await page.keyboard.press('n');
		await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
	});
});

test('every state of the desk is accessible, in light and dark, wide and narrow', async ({
	openAs
}) => {
	test.setTimeout(240_000);
	const [page, slug] = await wishedFor(openAs, 'arcade-states.md');
	const desk = `/documents/${slug}/desk`;
	const states: Array<[name: string, enter: () => Promise<void>]> = [
		['nothing picked', () => openDesk(page, slug)],
		['the keys', () => page.keyboard.press('?')],
		[
			'one picked',
			async () => {
				await openDesk(page, slug);
				await pickByKeys(page, 'Jonas');
			}
		],
		[
			'an overlap',
			async () => {
				await page.goto(`${desk}?all=1`);
				await expect(page.getByText('One overlap needs you')).toBeVisible();
			}
		],
		[
			'no reason given',
			async () => {
				await openDesk(page, slug);
				await pickByKeys(page, 'Paul');
				await reason(page).fill('   ');
				await button(page, 'Decline').click();
				await expect(page.getByText('Write the reason').first()).toBeVisible();
			}
		],
		[
			'edited before it is accepted',
			async () => {
				await openDesk(page, slug);
				await pickByKeys(page, 'Paul');
				await page.keyboard.press('e');
				await expect(result(page).getByRole('textbox').first()).toHaveValue(/Street vendors/);
			}
		],
		['the reasons at hand', async () => void (await page.goto(`${desk}/reasons`))]
	];
	for (const [name, enter] of states) {
		await page.setViewportSize({ width: 1440, height: 1000 });
		await page.emulateMedia({ colorScheme: 'light' });
		await enter();
		await expectAccessible(page, `${name}, light`);
		await page.emulateMedia({ colorScheme: 'dark' });
		await expectReadableColours(page, `${name}, dark`);
		await page.setViewportSize({ width: 390, height: 844 });
		await expectNoSideways(page, name);
		await expectReadableColours(page, `${name}, dark on a phone`);
	}
});

test('the desk without JavaScript: tick, see what it does, accept; decline the rest', async ({
	openAs
}) => {
	test.setTimeout(240_000);
	const [, slug] = await wishedFor(openAs, 'arcade-plain.md');
	const page = await openAs('rafael', { javaScriptEnabled: false });
	const see = button(page, 'See what these do');
	await page.goto(`/documents/${slug}/desk`);
	for (const name of ['Amina', 'Jonas', 'Paul'])
		await deskLine(page, name).getByRole('checkbox').check();
	await see.click();
	await expect(page.getByText('3 picked', { exact: true })).toBeVisible();
	await expect(result(page).locator('.text ins')).toHaveText([
		'shall be allowed to',
		'twenty',
		/awning included/
	]);
	await reason(page).fill('All three are clearer.');
	await button(page, 'Accept 3 together').click();
	await expect(page.getByText('Done. Everyone it is about is told')).toBeVisible();
	for (const name of ['Lena', 'Ines']) await deskLine(page, name).getByRole('checkbox').check();
	await see.click();
	await reason(page).fill('The trial says otherwise.');
	await button(page, 'Decline').click();
	await expect(page.getByText('Nothing waits', { exact: true })).toBeVisible();
	await page.goto(`/documents/${slug}`);
	await expect(page.locator('article')).toContainText(
		'Street vendors shall be allowed to trade within twenty metres of a shaded stop, provided that a passage of two metres, awning included, stays free'
	);
});
