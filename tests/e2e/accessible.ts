import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The rules whose outcome depends on colours alone. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Nothing that axe can find against WCAG 2.2 AA and good practice. `where` names the state in a failure. */
export async function expectAccessible(page: Page, where = page.url()): Promise<void> {
	await layOutAll(page);
	await expectNothing(axeOn(page).withTags(RULES), where);
}

/** The same for what a change of theme can break, once the page has passed everything in another. */
export async function expectReadableColours(page: Page, where = page.url()): Promise<void> {
	await layOutAll(page);
	await expectNothing(axeOn(page).withRules(COLOUR_RULES), where);
}

/** What passes is not described: on a whole ordinance that takes longer than judging it. */
function axeOn(page: Page): AxeBuilder {
	return new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
}

/** Lays out the whole text: of what the browser has not laid out yet, it tells neither place nor words. */
export async function layOutAll(page: Page): Promise<void> {
	await page.evaluate(() => {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(':is(.piece, .slot) { content-visibility: visible !important }');
		document.adoptedStyleSheets = [sheet];
	});
}

async function expectNothing(axe: AxeBuilder, where: string): Promise<void> {
	const { violations } = await axe.setLegacyMode().analyze();
	const found = violations.map(({ id, help, nodes }) => ({
		rule: `${id}: ${help}`,
		nodes: nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
	}));
	expect(found, `accessibility of ${where}`).toEqual([]);
}

/** The page is as wide as the window: nobody scrolls sideways to read. */
export async function expectNoSideways(page: Page, where = page.url()): Promise<void> {
	const beyond = () =>
		page.evaluate(() => {
			const width = document.documentElement.clientWidth;
			if (document.documentElement.scrollWidth <= width) return [];
			return [...document.body.querySelectorAll('*')]
				.filter((node) => node.getBoundingClientRect().right > width + 1)
				.map((node) => `${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''}`)
				.slice(0, 8);
		});
	// A window that was just made narrower is laid out anew a moment later.
	await expect.poll(beyond, { message: `wider than the window: ${where}` }).toEqual([]);
}
