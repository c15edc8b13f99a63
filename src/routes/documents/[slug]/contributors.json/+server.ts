import { shareRecords } from '#lib/record/contributors-export.ts';
import { forPage } from '#lib/server/http.ts';
import { contributed } from '../contributors/read.server.ts';
import type { RequestHandler } from './$types';

/** Who wrote the text, as data. */
export const GET: RequestHandler = (event) =>
	forPage(async () => {
		const { document, about } = await contributed(event, event.params.slug);
		const body = {
			document: {
				title: document.title,
				url: `${event.url.origin}/documents/${document.slug}`,
				licence: document.licence,
				version: about.version,
				content_hash: about.contentHash,
				row: about.row,
				characters: about.total
			},
			shares: shareRecords(about)
		};
		return new Response(JSON.stringify(body, null, '\t'), {
			headers: {
				'content-type': 'application/json',
				'content-disposition': `attachment; filename="${document.slug}-contributors.json"`
			}
		});
	});
