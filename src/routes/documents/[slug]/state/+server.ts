import { findDocument } from '#lib/documents/documents.server.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import { forPage } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/**
 * The whole text as one Yjs update, for a client's first download. The answer's ETag names the row of
 * the log it stands at, and so do two headers.
 */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	const { house, live, actor } = locals;
	const { document } = await forPage(() => findDocument(house, actor, params.slug));
	const { etag, epoch, seq, bytes } = await forPage(() => live.stateOf(document.id));
	const headers = {
		etag,
		'content-type': 'application/octet-stream',
		'cache-control': stageFacts(document.stage).public ? 'public, no-cache' : 'private, no-cache',
		'x-folkmoot-epoch': String(epoch),
		'x-folkmoot-seq': String(seq)
	};
	if (request.headers.get('if-none-match') === etag)
		return new Response(null, { status: 304, headers });
	return new Response(new Uint8Array(bytes), { headers });
};
