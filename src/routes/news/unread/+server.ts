import { json } from '@sveltejs/kit';
import { countUnread } from '#lib/record/inbox.server.ts';
import type { RequestHandler } from './$types';

/** How many lines of news are unread, for the bell in the header; a visitor has none. */
export const GET: RequestHandler = async ({ locals: { house, actor } }) =>
	json({ unread: await countUnread(house, actor) }, { headers: { 'cache-control': 'no-store' } });
