import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Role } from './fixtures.ts';

/** A page of the site, the address at which tests meet it, and for whom it looks different. */
export interface PageRow {
	/** The folder under `src/routes`, as SvelteKit names it; `(error)` for what is not there. */
	route: string;
	path: string;
	roles: Role[];
}

/** Every page there is. A folder with a page that has no row here fails the matrix. */
export const PAGES: PageRow[] = [
	{ route: '/', path: '/', roles: ['visitor', 'amina'] },
	{ route: '/preferences', path: '/preferences?from=/documents', roles: ['visitor'] },
	{ route: '(error)', path: '/nowhere-at-all', roles: ['visitor', 'noor'] }
];

/** The routes that have a page, read from the files. */
export function pageRoutes(): string[] {
	const folder = fileURLToPath(new URL('../../src/routes', import.meta.url));
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => file.endsWith('+page.svelte'))
		.map((file) => `/${file.replace(/\/?\+page\.svelte$/, '')}`)
		.sort();
}
