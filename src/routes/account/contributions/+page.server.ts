import * as v from 'valibot';
import { MineQuery } from '#lib/decisions/inputs.ts';
import { myContributions } from '#lib/decisions/mine.server.ts';
import { forPage } from '#lib/server/http.ts';
import { askToSignIn } from '../entrance.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { house, actor }, url, setHeaders }) => {
	askToSignIn(actor, url);
	setHeaders({ 'cache-control': 'no-store' });
	const query = v.parse(MineQuery, Object.fromEntries(url.searchParams));
	return { query, mine: await forPage(() => myContributions(house, actor, query)) };
};
