import { error } from '@sveltejs/kit';
import { metrics } from '#lib/server/metrics.ts';
import { mayScrape } from '#lib/server/scrape.ts';
import type { RequestHandler } from './$types';

/** The figures of this process for Prometheus; for everybody else the page does not exist. */
export const GET: RequestHandler = async ({ locals, request, getClientAddress }) => {
	const { headers } = request;
	const asking = {
		peer: getClientAddress(),
		host: headers.get('host'),
		forwardedFor: headers.get('x-forwarded-for'),
		authorization: headers.get('authorization')
	};
	if (!mayScrape(asking, locals.house.config)) {
		error(404, { message: 'not_found', code: 'not_found', params: {} });
	}
	const text = await metrics.text();
	return new Response(text, {
		headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
	});
};
