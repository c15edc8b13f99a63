import { error } from '@sveltejs/kit';
import { mayManagePeople } from '#lib/people/policy.ts';
import { askToSignIn } from '../account/entrance.server.ts';
import type { LayoutServerLoad } from './$types';

/** What every page here shows around it. Each page and each act asks for the right again. */
export const load = (({ locals: { actor }, url, setHeaders }) => {
	askToSignIn(actor, url);
	if (!mayManagePeople(actor)) {
		error(404, { message: 'not_found', code: 'not_found', params: {} });
	}
	setHeaders({ 'cache-control': 'no-store' });
}) satisfies LayoutServerLoad;
