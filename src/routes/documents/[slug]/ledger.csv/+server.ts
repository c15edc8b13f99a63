import { csvLine, FIELDS, toRecord } from '#lib/decisions/export.ts';
import { ledgerFile } from '../ledger/file.server.ts';
import type { RequestHandler } from './$types';

/** The ledger as a table for spreadsheets, with the page's filters. */
export const GET: RequestHandler = (event) =>
	ledgerFile(event, event.params.slug, {
		type: 'text/csv; charset=utf-8; header=present',
		ending: 'csv',
		async *write(slices, { origin }) {
			// The mark tells spreadsheets that the file is UTF-8.
			yield `\uFEFF${csvLine(FIELDS)}`;
			for await (const entries of slices) {
				yield entries.map((entry) => csvLine(Object.values(toRecord(entry, origin)))).join('');
			}
		}
	});
