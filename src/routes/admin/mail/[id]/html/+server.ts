import { readMail } from '#lib/record/mailbox.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** The letter as a mail program shows it; here it may do even less than there. */
export const GET: RequestHandler = async ({ locals: { house, actor }, params }) => {
	const { html } = await forPage(() => readMail(house, actor, params.id));
	return new Response(html, {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
			'cache-control': 'no-store'
		}
	});
};
