import { findDocument } from '#lib/documents/documents.server.ts';
import { listVersions } from '#lib/documents/versions.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { house, actor } = locals;
	const { document } = await forPage(() => findDocument(house, actor, params.slug));
	const versions = await listVersions(house, document.id);
	const names = await namesOf(
		house.store.db,
		versions.flatMap((version) => version.frozenBy ?? [])
	);
	return {
		versions: versions.map(({ number, stage, reason, contentHash, frozenAt, frozenBy }) => ({
			...{ number, stage, reason, contentHash, frozenAt },
			by: frozenBy ? (names.get(frozenBy) ?? null) : null
		}))
	};
};
