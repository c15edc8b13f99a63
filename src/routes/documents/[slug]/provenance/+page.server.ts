import * as v from 'valibot';
import { findDocument } from '#lib/documents/documents.server.ts';
import { indexOf } from '#lib/documents/provenance/marks.ts';
import { runAt, WAYS } from '#lib/documents/provenance/runs.ts';
import { versionsToChoose } from '#lib/documents/version-list.server.ts';
import { ProvenanceQuery, provenanceSearch } from '#lib/record/inputs.ts';
import { readProvenance } from '#lib/record/provenance.server.ts';
import { decisionNumbers, sourcesOf } from '#lib/record/sources.server.ts';
import { forPage } from '#lib/server/http.ts';
import { provenanceHtml } from './drawn.server.ts';
import type { PageServerLoad } from './$types';

/** The text with every word leading to where it comes from, and the answer for the words chosen. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { house, live, actor } = locals;
	const query = v.parse(ProvenanceQuery, Object.fromEntries(url.searchParams));
	const { version = null, block, at } = query;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [provenance, versions, numbers] = await Promise.all([
			readProvenance(house, live, document, version),
			versionsToChoose(house, document.id),
			decisionNumbers(house.store.db, document.id)
		]);
		const { blocks, runs } = provenance;
		const place = block === undefined ? null : indexOf(blocks, { block, at });
		const chosen = place === null ? undefined : runAt(runs, place);
		const [source = null] = chosen ? await sourcesOf(house, document, provenance, [chosen]) : [];
		// Names are as people wish them at this moment: nobody keeps the page.
		setHeaders({ 'cache-control': 'private, no-store' });
		return {
			version,
			versions: versions.map(({ number }) => number),
			source,
			/** Words were asked for that this text does not have. */
			gone: block !== undefined && !chosen,
			ways: WAYS.filter((way) => runs.some((run) => run.way === way)),
			html: provenanceHtml(provenance, {
				chosen,
				numbers,
				hrefOf: (word) => `${provenanceSearch({ version, ...word })}#source`
			})
		};
	});
};
