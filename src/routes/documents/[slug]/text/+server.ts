import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { TEXT_VIEWS } from '#lib/contributions/suggestion-views.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { textPatch } from '#lib/documents/reading.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import { drawnFor } from '../painted.server.ts';
import type { RequestHandler } from './$types';

const Had = v.strictObject({
	/** `epoch.seq` of what the page shows; without it, everything is sent. */
	from: v.optional(v.pipe(v.string(), v.regex(/^\d{1,10}\.\d{1,15}$/)), '0.0'),
	/** In which form it shows the text. */
	view: v.optional(v.picklist(TEXT_VIEWS), 'text'),
	/** The name of the drawing it shows. */
	drawing: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{0,20}$/)), '')
});

/** The blocks of the living text that changed since, drawn for this reader; the ETag names the row. */
export const GET: RequestHandler = async ({ locals, params, url, request }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const had = parseInput(Had, Object.fromEntries(url.searchParams));
		const { document } = await findDocument(house, actor, params.slug);
		const [epoch, seq] = had.from.split('.').map(Number) as [number, number];
		const drawn = await drawnFor(locals, document, had.view);
		const shown = { epoch, seq, drawing: had.drawing };
		const patch = await textPatch(live, document.id, drawn, shown);
		const headers = {
			etag: `"${patch.epoch}.${patch.seq}.${patch.drawing}"`,
			'cache-control': 'private, no-cache'
		};
		if (request.headers.get('if-none-match') === headers.etag) {
			return new Response(null, { status: 304, headers });
		}
		return json(patch, { headers });
	});
};
