import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { cardsOf } from '#lib/contributions/reading.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** Asked by open pages: the places of all threads, and the cards of one block or changed since. */
const Query = v.strictObject({
	block: v.optional(v.pipe(v.string(), v.maxLength(80))),
	since: v.optional(v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number)))
});

export const GET: RequestHandler = async ({ locals, params, url, setHeaders }) => {
	const { house, live, actor } = locals;
	const cards = await forPage(async () => {
		const query = parseInput(Query, Object.fromEntries(url.searchParams));
		const { document } = await findDocument(house, actor, params.slug);
		return cardsOf(house, live, actor, document, query);
	});
	setHeaders({ 'cache-control': 'private, no-store' });
	return json(cards);
};
