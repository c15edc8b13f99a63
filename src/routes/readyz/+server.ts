import type { RequestHandler } from './$types';

/** Ready: the database answers and writes are not piling up, so new visitors may be sent here. */
export const GET: RequestHandler = async ({ locals }) => {
	try {
		await locals.house.store.ping();
		const waiting = locals.house.store.waiting();
		if (waiting > 1_000) return new Response(`busy: ${waiting} writes wait\n`, { status: 503 });
		return new Response('ready\n');
	} catch {
		return new Response('the database does not answer\n', { status: 503 });
	}
};
