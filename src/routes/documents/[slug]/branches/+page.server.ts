import { redirect } from '@sveltejs/kit';
import { myBranches } from '#lib/contributions/my-branches.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

/** One's own branches on this text, and those one was asked onto. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	if (!actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [mine, text] = await Promise.all([
			myBranches(house, actor, document.id),
			live.read(document.id)
		]);
		const numbers = numberClauses(text.blocks);
		return {
			branches: mine.map((one) => ({ ...one, number: numbers.get(one.blockId ?? '') ?? null }))
		};
	});
};
