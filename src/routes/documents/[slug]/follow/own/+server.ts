import { json } from '@sveltejs/kit';
import { findDocument } from '#lib/documents/documents.server.ts';
import { followingOn } from '#lib/record/follow.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** What this reader follows of the document, for pages that are open. */
export const GET: RequestHandler = async ({ locals, params, setHeaders }) => {
	const { house, actor } = locals;
	setHeaders({ 'cache-control': 'private, no-store' });
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		return json(await followingOn(house, actor, document.id));
	});
};
