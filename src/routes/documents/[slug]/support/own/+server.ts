import { json } from '@sveltejs/kit';
import { ownRatings } from '#lib/ballots/own.server.ts';
import { clauseFigures } from '#lib/ballots/tallies.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** What this reader gave on the document, and the figures of its clauses, for pages that are open. */
export const GET: RequestHandler = async ({ locals, params, setHeaders }) => {
	const { house, live, actor } = locals;
	setHeaders({ 'cache-control': 'private, no-store' });
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [own, clauses] = await Promise.all([
			ownRatings(house, live, actor, document.id),
			clauseFigures(house, live, document.id)
		]);
		return json({ own, clauses });
	});
};
