import * as v from 'valibot';
import { talliesOn } from '#lib/ballots/tallies.server.ts';
import { figuresOf } from '#lib/ballots/tally.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { listSuggestions } from '#lib/contributions/suggestion-list.server.ts';
import { SuggestionAddress } from '#lib/contributions/suggestion-views.ts';
import { withMarks } from '#lib/decisions/marks.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('contributions');
	const { house, live, actor } = locals;
	const query = v.parse(SuggestionAddress, Object.fromEntries(url.searchParams));
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [list, tallies] = await Promise.all([
			listSuggestions(house, live, actor, document, query),
			talliesOn(house, document.id)
		]);
		const marked = await withMarks(house, list.items);
		const items = marked.map((line) => {
			const tally = tallies.get(`suggestion:${line.id}`);
			return { ...line, support: tally ? figuresOf(tally) : null };
		});
		return { query, list: { ...list, items }, ...standpoint(house, actor, document) };
	});
};
