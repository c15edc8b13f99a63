import { orgName } from '#lib/people/holders.server.ts';
import { versionsToChoose } from '#lib/documents/version-list.server.ts';
import { forPage } from '#lib/server/http.ts';
import { contributed } from './read.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	forPage(async () => {
		const { house } = event.locals;
		const { document, about } = await contributed(event, event.params.slug);
		const [versions, org] = await Promise.all([
			versionsToChoose(house, document.id),
			document.ownerOrgId ? orgName(house.store.db, document.ownerOrgId) : undefined
		]);
		return { about, org: org ?? null, versions: versions.map(({ number }) => number) };
	});
