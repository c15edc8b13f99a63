import { json } from '@sveltejs/kit';
import { forPage } from '#lib/server/http.ts';
import { shownBranch } from '../scene.server.ts';
import type { RequestHandler } from './$types';

/** A branch for whoever writes on it in the place of the text, and what it changes as it stands now. */
export const GET: RequestHandler = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	return json(await forPage(() => shownBranch(locals, params)));
};
