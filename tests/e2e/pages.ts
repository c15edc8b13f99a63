import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import type { Role } from './fixtures.ts';

/** A page of the site, the address at which tests meet it, and for whom it looks different. */
export interface PageRow {
	/** The folder under `src/routes`, as SvelteKit names it; `(error)` for what is not there. */
	route: string;
	/** An address, or how to find one from the pages that lead there. */
	path: string | ((page: Page) => Promise<string>);
	roles: Role[];
	/** Which of its forms, for a page that has several. */
	view?: string;
	/** On the site that was never set up instead of the demo. */
	empty?: true;
}

const ORDINANCE = '/documents/urban-heat-and-shade-ordinance';

/**
 * Every page there is. A folder with a page that has no row here fails the matrix. Roles: amina takes
 * part, rafael leads the texts, dana co-writes, noor moderates, emil administers.
 */
export const PAGES: PageRow[] = [
	{ route: '/', path: '/', roles: ['visitor', 'amina'] },
	{ route: '/', path: '/', roles: ['visitor'], empty: true },
	{ route: '/preferences', path: '/preferences?from=/documents', roles: ['visitor'] },
	{ route: '(error)', path: '/nowhere-at-all', roles: ['visitor', 'noor'] },

	{ route: '/setup', path: '/setup', roles: ['visitor'], empty: true },
	{ route: '/register', path: '/register', roles: ['visitor'] },
	{ route: '/sign-in', path: '/sign-in', roles: ['visitor'] },
	{ route: '/sign-out', path: '/sign-out', roles: ['amina'] },
	{ route: '/account', path: '/account', roles: ['amina', 'emil'] },
	{ route: '/account/contributions', path: '/account/contributions', roles: ['amina', 'emil'] },
	{ route: '/account/news', path: '/account/news', roles: ['amina'] },
	{ route: '/news', path: '/news', roles: ['amina', 'rafael'] },
	{ route: '/news/following', path: '/news/following', roles: ['amina'] },
	{ route: '/unsubscribe/[token]', path: `/unsubscribe/${'a'.repeat(32)}`, roles: ['visitor'] },

	{ route: '/documents', path: '/documents', roles: ['visitor', 'rafael'] },
	{ route: '/documents/new', path: '/documents/new', roles: ['rafael'] },
	{ route: '/documents/[slug]', path: ORDINANCE, roles: ['visitor', 'amina', 'rafael'] },
	{ route: '/documents/[slug]/follow', path: `${ORDINANCE}/follow`, roles: ['amina'] },
	{ route: '/documents/[slug]/settings', path: `${ORDINANCE}/settings`, roles: ['rafael'] },
	{ route: '/documents/[slug]/compare', path: `${ORDINANCE}/compare`, roles: ['visitor'] },
	{ route: '/documents/[slug]/versions', path: `${ORDINANCE}/versions`, roles: ['visitor'] },
	{
		route: '/documents/[slug]/versions/[number]',
		path: `${ORDINANCE}/versions/1`,
		roles: ['visitor']
	},
	{
		route: '/documents/[slug]/provenance',
		path: `${ORDINANCE}/provenance?version=1`,
		roles: ['visitor']
	},
	{
		route: '/documents/[slug]/provenance',
		view: 'of chosen words',
		path: `${ORDINANCE}/provenance?block=c7-5d&at=90#source`,
		roles: ['visitor', 'amina']
	},
	{
		route: '/documents/[slug]/contributors',
		path: `${ORDINANCE}/contributors`,
		roles: ['visitor', 'lena']
	},
	{
		route: '/documents/[slug]/annotations',
		path: `${ORDINANCE}/annotations`,
		roles: ['visitor', 'amina']
	},
	{
		route: '/documents/[slug]/annotations/new',
		path: (page) => linkTo(page, ORDINANCE, '/annotations/new'),
		roles: ['amina']
	},
	{
		route: '/documents/[slug]/annotations/[id]',
		path: (page) => linkTo(page, `${ORDINANCE}/annotations`, /\/annotations\/(?!new)[^/?#]+/),
		roles: ['visitor', 'amina']
	},

	{
		route: '/documents/[slug]/suggestions',
		path: `${ORDINANCE}/suggestions`,
		roles: ['visitor', 'amina']
	},
	{
		route: '/documents/[slug]/suggestions/[id]',
		path: (page) => linkTo(page, `${ORDINANCE}/suggestions`, /\/suggestions\/[^/?#]+/),
		roles: ['visitor', 'amina', 'rafael']
	},
	{
		route: '/documents/[slug]',
		view: 'with suggestions',
		path: `${ORDINANCE}?view=suggestions`,
		roles: ['amina']
	},
	{
		route: '/documents/[slug]',
		view: 'as if accepted',
		path: `${ORDINANCE}?view=accepted`,
		roles: ['visitor']
	},
	{ route: '/documents/[slug]/suggest', path: `${ORDINANCE}/suggest?block=c4-2`, roles: ['amina'] },
	{ route: '/documents/[slug]/branches', path: `${ORDINANCE}/branches`, roles: ['amina', 'lena'] },
	{
		route: '/documents/[slug]/branches/[id]',
		path: async (page) => {
			await page.goto(`${ORDINANCE}/suggest?block=c4-3`);
			await page.getByRole('button', { name: /Write in the text|Écrire dans le texte/ }).click();
			await page.waitForURL(/\/branches\//);
			return page.url();
		},
		roles: ['amina']
	},

	{
		route: '/documents/[slug]/support',
		path: `${ORDINANCE}/support`,
		roles: ['visitor', 'amina']
	},
	{
		route: '/documents/[slug]/support/[type]/[id]',
		path: (page) => linkTo(page, `${ORDINANCE}/support`, /\/support\/clause\/[^/?#]+/),
		roles: ['visitor', 'amina', 'noor']
	},

	{
		route: '/documents/[slug]/ledger',
		path: `${ORDINANCE}/ledger`,
		roles: ['visitor', 'rafael']
	},
	{ route: '/documents/[slug]/decisions', path: `${ORDINANCE}/decisions`, roles: ['visitor'] },
	{
		route: '/documents/[slug]/decisions/[number]',
		path: `${ORDINANCE}/decisions/1`,
		roles: ['visitor', 'rafael']
	},
	{ route: '/documents/[slug]/desk', path: `${ORDINANCE}/desk`, roles: ['rafael'] },
	{
		route: '/documents/[slug]/desk',
		view: 'with a selection',
		path: async (page) => pickedOn(page, `${ORDINANCE}/desk?clause=c4-2`),
		roles: ['rafael']
	},
	{
		route: '/documents/[slug]/desk',
		view: 'remarks',
		path: `${ORDINANCE}/desk?tab=remarks&all=1`,
		roles: ['rafael']
	},
	{ route: '/documents/[slug]/desk/reasons', path: `${ORDINANCE}/desk/reasons`, roles: ['rafael'] },

	{ route: '/documents/[slug]/edit', path: `${ORDINANCE}/edit`, roles: ['rafael'] },

	{ route: '/moderation', path: '/moderation', roles: ['noor'] },
	{ route: '/admin', path: '/admin', roles: ['emil'] },
	{ route: '/admin/orgs', path: '/admin/orgs', roles: ['emil'] },
	{
		route: '/admin/orgs/[id]',
		path: (page) => linkTo(page, '/admin/orgs', /\/admin\/orgs\/[^/?#]+/),
		roles: ['emil']
	},
	{ route: '/admin/mail', path: '/admin/mail', roles: ['emil'] },
	{
		route: '/admin/mail/[id]',
		path: (page) => linkTo(page, '/admin/mail', /\/admin\/mail\/[^/?#]+/),
		roles: ['emil']
	},
	{ route: '/admin/people', path: '/admin/people', roles: ['emil'] },
	{
		route: '/admin/people/[id]',
		path: (page) => linkTo(page, '/admin/people', /\/admin\/people\/[^/?#]+/),
		roles: ['emil']
	}
];

/** The desk with everything picked that it lists there: what is picked is in the address. */
async function pickedOn(page: Page, from: string): Promise<string> {
	await page.goto(from);
	const boxes = page.locator('[data-line] input');
	const ids = await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).value));
	return `${from}${ids.map((id) => `&pick=${id}`).join('')}`;
}

/** The address of the first link on a page that looks so. */
async function linkTo(page: Page, from: string, pattern: string | RegExp): Promise<string> {
	await page.goto(from);
	const links = await page
		.locator('main a[href]')
		.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
	const found = links.find((href) => href.match(pattern));
	expect(found, `a link like ${pattern} on ${from}`).toBeDefined();
	return new URL(found!, page.url()).href;
}

/** What a row is called where it is told of. */
export function nameOf({ route, view }: PageRow): string {
	return view ? `${route}, ${view},` : route;
}

/** The routes that have a page, read from the files. */
export function pageRoutes(): string[] {
	const folder = fileURLToPath(new URL('../../src/routes', import.meta.url));
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => `/${file.replace(/\/?\+page\.svelte$/, '')}`)
		.sort();
}
