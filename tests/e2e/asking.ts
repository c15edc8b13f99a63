/** Asking the server for acts without a page, as a script would: for what the pages do not offer. */
import type { APIRequestContext } from '@playwright/test';
import type { OpenAs } from './fixtures.ts';

/** What a person may do, who may not, and who may. Each is tried as its form sends it, without a page. */
export interface Row {
	act: string;
	path: string;
	form: Record<string, string>;
	not: string[];
	by: string;
}

/** Sends a form as a script does; says in a word what became of it. */
export async function send(
	request: APIRequestContext,
	origin: string,
	{ path, form }: Pick<Row, 'path' | 'form'>
): Promise<string> {
	const headers = { origin, accept: 'application/json', 'x-sveltekit-action': 'true' };
	const answer = await request.post(path, { form, headers, maxRedirects: 0 });
	const said = (await answer.json()) as { type: string; status: number; location?: string };
	if (said.type === 'redirect' && said.location?.startsWith('/sign-in')) return 'sign in';
	if (said.type === 'redirect' || said.type === 'success') return 'done';
	return String(said.status ?? answer.status());
}

/** Everybody of whom a row speaks, each with a request context of their own. */
export function crew(openAs: OpenAs) {
	const known = new Map<string, Promise<{ request: APIRequestContext; origin: string }>>();
	return (who: string) => {
		let found = known.get(who);
		if (!found) {
			found = openAs(who).then(async (page) => {
				await page.goto('/documents');
				return { request: page.request, origin: new URL(page.url()).origin };
			});
			known.set(who, found);
		}
		return found;
	};
}
