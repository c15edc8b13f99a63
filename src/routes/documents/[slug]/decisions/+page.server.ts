import { listDecisions } from '#lib/decisions/decisions.server.ts';
import { verifyDecisions } from '#lib/decisions/chain.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, actor } = locals;
	const page = Number(/^\d{1,6}$/.exec(url.searchParams.get('page') ?? '')?.[0] ?? 1);
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const list = await listDecisions(house, actor, document.id, page);
		const checked = url.searchParams.has('check')
			? await verifyDecisions(house, document.id)
			: null;
		return { list, checked };
	});
};
