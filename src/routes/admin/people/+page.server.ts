import { findPeople } from '#lib/people/people.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load = (({ locals: { house, actor }, url }) => {
	const search = (url.searchParams.get('search') ?? '').slice(0, 100);
	const asked = Number(url.searchParams.get('page'));
	const page = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 1_000_000) : 1;
	return forPage(async () => ({
		search,
		page,
		...(await findPeople(house, actor, { search, page }))
	}));
}) satisfies PageServerLoad;
