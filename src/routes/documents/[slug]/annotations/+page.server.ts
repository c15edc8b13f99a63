import * as v from 'valibot';
import { ListQuery } from '#lib/contributions/inputs.ts';
import { listAnnotations } from '#lib/contributions/list.server.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { withMarks } from '#lib/decisions/marks.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('contributions');
	const { house, live, actor } = locals;
	const query = v.parse(ListQuery, Object.fromEntries(url.searchParams));
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const list = await listAnnotations(house, live, actor, document.id, query);
		const items = await withMarks(house, list.items);
		return { query, list: { ...list, items }, ...standpoint(house, actor, document) };
	});
};
