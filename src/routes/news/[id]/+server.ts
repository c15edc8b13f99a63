import { redirect } from '@sveltejs/kit';
import { openNews } from '#lib/record/inbox.server.ts';
import { forPage } from '#lib/server/http.ts';
import { askToSignIn } from '../../account/entrance.server.ts';
import type { RequestHandler } from './$types';

/** Leads to what the news tell of; from then on they are read. */
export const GET: RequestHandler = async ({ locals: { house, actor }, params, url }) => {
	askToSignIn(actor, url);
	const path = await forPage(() => openNews(house, actor, params.id));
	redirect(303, path);
};
