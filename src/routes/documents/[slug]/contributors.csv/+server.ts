import { csvLine } from '#lib/decisions/export.ts';
import { SHARE_FIELDS, shareRecords } from '#lib/record/contributors-export.ts';
import { forPage } from '#lib/server/http.ts';
import { contributed } from '../contributors/read.server.ts';
import type { RequestHandler } from './$types';

/** Who wrote the text, as a table for spreadsheets. */
export const GET: RequestHandler = (event) =>
	forPage(async () => {
		const { document, about } = await contributed(event, event.params.slug);
		const lines = shareRecords(about).map((record) =>
			csvLine(SHARE_FIELDS.map((field) => record[field]))
		);
		// The mark tells spreadsheets that the file is UTF-8.
		return new Response(`\uFEFF${csvLine(SHARE_FIELDS)}${lines.join('')}`, {
			headers: {
				'content-type': 'text/csv; charset=utf-8; header=present',
				'content-disposition': `attachment; filename="${document.slug}-contributors.csv"`
			}
		});
	});
