import * as v from 'valibot';
import type { RequestEvent } from '@sveltejs/kit';
import { findDocument } from '#lib/documents/documents.server.ts';
import { contentHash } from '#lib/documents/hash.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { contributorsOf } from '#lib/record/contributors.server.ts';
import type { Contributed } from '#lib/record/contributors-export.ts';
import { ProvenanceQuery } from '#lib/record/inputs.ts';
import { readProvenance } from '#lib/record/provenance.server.ts';

/** Who wrote the text that an address asks for. Names as people wish them now: nobody may keep it. */
export async function contributed(
	{ locals, url, setHeaders }: Pick<RequestEvent, 'locals' | 'url' | 'setHeaders'>,
	slug: string
) {
	const { house, live, actor } = locals;
	const { version = null } = v.parse(ProvenanceQuery, Object.fromEntries(url.searchParams));
	const { document } = await findDocument(house, actor, slug);
	const provenance = await readProvenance(house, live, document, version);
	setHeaders({ 'cache-control': 'private, no-store' });
	const { epoch, seq, blocks } = provenance;
	const about: Contributed = {
		...(await contributorsOf(house, provenance, getLocale())),
		version,
		contentHash: provenance.version?.contentHash ?? (await contentHash(blocks)),
		row: `${epoch}.${seq}`
	};
	return { document, about };
}
