import { json } from '@sveltejs/kit';
import { supportFor } from '#lib/ballots/view.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import { ratedOf } from '../support.server.ts';
import type { RequestHandler } from './$types';

/** The support for one thing as this reader sees it, for a form that opens where the thing is read. */
export const GET: RequestHandler = async ({ locals, params, setHeaders }) => {
	const { house, live, actor } = locals;
	setHeaders({ 'cache-control': 'private, no-store' });
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		return json(await supportFor(house, live, actor, document, ratedOf(params)));
	});
};
