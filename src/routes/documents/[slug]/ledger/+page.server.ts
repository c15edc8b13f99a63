import * as v from 'valibot';
import { LedgerQuery } from '#lib/decisions/inputs.ts';
import { readLedger } from '#lib/decisions/ledger.server.ts';
import { waiting } from '#lib/decisions/waiting.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	const query = v.parse(LedgerQuery, Object.fromEntries(url.searchParams));
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [ledger, { count, held, total }] = await Promise.all([
			readLedger(house, live, actor, document.id, query),
			waiting(house, document.id)
		]);
		return { query, ledger, waiting: { count, held, total } };
	});
};
