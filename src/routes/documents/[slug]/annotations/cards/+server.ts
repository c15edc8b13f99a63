import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { cardsOf, hasNews } from '#lib/contributions/reading.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import { besideText } from '../../beside.server.ts';
import type { RequestHandler } from './$types';

const number = v.pipe(v.string(), v.regex(/^\d{1,16}$/), v.transform(Number));

/** Asked by open pages: the places of all threads, and the cards of one block or changed since. */
const Query = v.strictObject({
	block: v.optional(v.pipe(v.string(), v.maxLength(80))),
	since: v.optional(number),
	/** With `since`: nothing new and still this text is answered with nothing (204). */
	seq: v.optional(number)
});

export const GET: RequestHandler = async ({ locals, params, url, setHeaders }) => {
	const { house, live, actor } = locals;
	setHeaders({ 'cache-control': 'private, no-store' });
	const cards = await forPage(async () => {
		const query = parseInput(Query, Object.fromEntries(url.searchParams));
		const { document } = await findDocument(house, actor, params.slug);
		const { since, seq } = query;
		if (since !== undefined && seq !== undefined) {
			if (!(await hasNews(house, live, document.id, { since, seq }))) return null;
		}
		const found = await cardsOf(house, live, actor, document, query);
		// Asked for what changed, the name of what is suggested says whether to ask again for a clause.
		return besideText(locals, document, found, query.block ?? '');
	});
	return cards ? json(cards) : new Response(null, { status: 204 });
};
