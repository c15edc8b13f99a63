import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSideways } from './accessible.ts';
import { expect, test } from './fixtures.ts';
import { importWords, moveTo } from './journeys.ts';

test.describe.configure({ mode: 'serial' });

const TEXT = `# The pond

The pond is never deeper than one metre.

Boats with engines stay out of the pond.
`;

let slug: string;

/** The page to write on the passage at this place, as its link says. */
async function writeOn(page: Page, at: number, kind = ''): Promise<void> {
	await page.goto(`/documents/${slug}`);
	const href = await page.locator('[data-comment-block]').nth(at).getAttribute('href');
	await page.goto(`${href}${kind && `&kind=${kind}`}`);
}

async function post(page: Page, words: string): Promise<void> {
	await page.getByLabel('What would you like to say?').fill(words);
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page.getByRole('article').first()).toContainText(words);
}

test('a text takes remarks', async ({ openAs }) => {
	const rafael = await openAs('rafael');
	slug = await importWords(rafael, TEXT, 'pond.md');
	await moveTo(rafael, slug, 'Co-drafting');
});

test('without JavaScript: evidence with its source, a risk with its measure', async ({
	openAs
}) => {
	const page = await openAs('jonas', { javaScriptEnabled: false });
	await writeOn(page, 0);
	await page.getByRole('link', { name: 'Evidence' }).click();
	await page.getByLabel('Source').fill('Pond survey of last summer');
	await page.getByLabel('Where it is').fill('javascript:alert(1)');
	await page.getByLabel('What would you like to say?').fill('It was 1.40 at the weir.');
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page.getByRole('alert')).toContainText('not an address others can open');
	await expect(page.getByLabel('Source')).toHaveValue('Pond survey of last summer');
	await page.getByLabel('Where it is').fill('https://survey.meravia.example/pond');
	await page.getByRole('button', { name: 'Post comment' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Evidence by Jonas Okafor');
	const link = page.getByRole('link', { name: 'Pond survey of last summer' });
	await expect(link).toHaveAttribute('href', 'https://survey.meravia.example/pond');
	await expect(link).toHaveAttribute('rel', /nofollow/);

	await writeOn(page, 1, 'risk');
	await page.getByLabel('What is at risk').selectOption({ label: 'Safety' });
	await page.getByLabel('How heavy').selectOption({ label: 'high' });
	await post(page, 'Children swim between the boats.');
	await expect(page.getByText('Safety · likelihood middle · impact high')).toBeVisible();
	await expect(page.getByRole('link', { name: 'Formal opinion' })).toHaveCount(0);
});

test('the author of evidence puts its address right, with and without JavaScript', async ({
	openAs
}) => {
	const plain = await openAs('jonas', { javaScriptEnabled: false });
	await plain.goto(`/documents/${slug}/annotations?kind=evidence`);
	await plain.getByRole('article').getByRole('link', { name: 'Edit', exact: true }).click();
	const where = plain.getByLabel('Where it is');
	await expect(where).toHaveValue('https://survey.meravia.example/pond');
	await where.fill('survey.meravia.example/weir');
	await plain.getByRole('button', { name: 'Save' }).click();
	await expect(plain.getByRole('alert')).toContainText('not an address others can open');
	await expect(where).toHaveValue('survey.meravia.example/weir');
	await expect(plain.getByLabel('Your words')).toHaveValue('It was 1.40 at the weir.');
	await where.fill('https://survey.meravia.example/weir');
	await plain.getByRole('button', { name: 'Save' }).click();
	const link = plain.getByRole('link', { name: 'Pond survey of last summer' });
	await expect(link).toHaveAttribute('href', 'https://survey.meravia.example/weir');
	await expect(plain.getByRole('article').first()).toContainText('edited');

	const page = await openAs('jonas');
	await page.goto(plain.url());
	await page.getByRole('article').first().getByRole('link', { name: 'Edit', exact: true }).click();
	await page.getByLabel('Where it is').fill('https://survey.meravia.example/weir/2026');
	await expectAccessible(page, 'editing evidence');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByRole('link', { name: 'Pond survey of last summer' })).toHaveAttribute(
		'href',
		'https://survey.meravia.example/weir/2026'
	);
});

test('only an employee representative is offered a formal opinion', async ({ openAs }) => {
	const dana = await openAs('dana');
	await writeOn(dana, 0, 'opinion');
	await post(dana, 'The gardeners agree with one metre.');
	await expect(dana.getByRole('article').first()).toContainText('employee representative');
	await expect(dana.getByRole('article').first()).toContainText('Formal opinion');
	const amina = await openAs('amina');
	await writeOn(amina, 0);
	await expect(amina.getByRole('link', { name: 'Question' })).toBeVisible();
	await expect(amina.getByRole('link', { name: 'Formal opinion' })).toHaveCount(0);
	await expectAccessible(amina, 'choosing what kind it is');
	await amina.setViewportSize({ width: 320, height: 800 });
	await expectNoSideways(amina, 'choosing what kind it is');
});

test('what says something alike is shown while one writes; a list is searched', async ({
	openAs
}) => {
	const amina = await openAs('amina');
	await writeOn(amina, 1);
	await amina
		.getByLabel('What would you like to say?')
		.fill('Between the boats there are children who swim.');
	const alike = amina.getByText('Something alike was said');
	await expect(alike).toBeVisible();
	await expect(amina.getByRole('link', { name: 'Risk by Jonas Okafor' })).toBeVisible();
	await expectAccessible(amina, 'something alike');
	await amina.getByRole('button', { name: 'Post comment' }).click();
	await expect(amina).toHaveURL(/annotations\/[0-9a-z]{20}/);

	const visitor = await openAs('visitor', { javaScriptEnabled: false });
	await visitor.goto(`/documents/${slug}/annotations`);
	await visitor.getByLabel('Find words').fill('child boat');
	await visitor.getByRole('button', { name: 'Find' }).click();
	await expect(visitor.getByRole('status')).toHaveText(/2 threads have these words/);
	await visitor.getByRole('link', { name: 'Risk 1' }).click();
	await expect(visitor.getByRole('status')).toHaveText(/1 thread has these words/);
	await visitor.getByLabel('Find words').fill('" OR * NEAR(');
	await visitor.getByRole('button', { name: 'Find' }).click();
	await expect(visitor.getByText('No comment matches this choice.')).toBeVisible();
});

test('the team merges what says the same, and takes it back', async ({ openAs }) => {
	const rafael = await openAs('rafael');
	await rafael.goto(`/documents/${slug}/annotations?q=children&order=newest`);
	await rafael
		.getByRole('article', { name: 'Comment by Amina Moreau' })
		.getByRole('link')
		.first()
		.click();
	await rafael.getByText('Says the same as…').click();
	await rafael.getByRole('button', { name: 'Merge into this one: Risk by Jonas Okafor' }).click();
	await expect(
		rafael.getByText(/Says the same as another contribution \(2 people\)/)
	).toBeVisible();
	await expectAccessible(rafael, 'a merged contribution');
	await rafael.getByRole('link', { name: 'See it' }).click();
	await expect(rafael.getByText('2 people say the same.')).toBeVisible();
	await rafael.getByRole('link', { name: 'Amina Moreau' }).click();
	await rafael.getByRole('button', { name: 'Let it speak for itself again' }).click();
	await expect(rafael.getByText('Says the same as…')).toBeVisible();
	const lena = await openAs('lena');
	await lena.goto(rafael.url());
	await expect(lena.getByText('Says the same as…')).toHaveCount(0);
});
