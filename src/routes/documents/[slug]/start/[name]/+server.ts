import { findDocument } from '#lib/documents/documents.server.ts';
import { toResponse } from '#lib/documents/public-page.server.ts';
import { NotFound } from '#lib/errors.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** What the components of a visitor's page begin with; its name is made of its content. */
export const GET: RequestHandler = ({ locals, params, request }) =>
	forPage(async () => {
		await findDocument(locals.house, locals.actor, params.slug);
		const module = locals.pages.start(params.name.replace(/\.js$/, ''));
		if (!module) throw new NotFound('not_found');
		const answer = await module.answer((name) => request.headers.get(name), {
			'content-type': 'text/javascript; charset=utf-8',
			'cache-control': 'public, max-age=31536000, immutable',
			vary: 'Accept-Encoding'
		});
		return toResponse(answer);
	});
