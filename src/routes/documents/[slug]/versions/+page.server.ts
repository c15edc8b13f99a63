import { findDocument } from '#lib/documents/documents.server.ts';
import { listVersions } from '#lib/documents/version-list.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, actor } = locals;
	const wanted = Number(/^\d{1,6}$/.exec(url.searchParams.get('page') ?? '')?.[0] ?? 1);
	const { document } = await forPage(() => findDocument(house, actor, params.slug));
	const { items, ...list } = await listVersions(house, document.id, wanted);
	const names = await namesOf(
		house.store.db,
		items.flatMap((version) => version.frozenBy ?? [])
	);
	return {
		...list,
		versions: items.map(({ number, stage, reason, contentHash, frozenAt, frozenBy }) => ({
			...{ number, stage, reason, contentHash, frozenAt },
			by: frozenBy ? (names.get(frozenBy) ?? null) : null
		}))
	};
};
