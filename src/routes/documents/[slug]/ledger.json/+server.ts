import { toRecord } from '#lib/decisions/export.ts';
import { ledgerFile } from '../ledger/file.server.ts';
import type { RequestHandler } from './$types';

/** The ledger as data, with the page's filters. */
export const GET: RequestHandler = (event) =>
	ledgerFile(event, event.params.slug, {
		type: 'application/json',
		ending: 'json',
		async *write(slices, { origin, document, at }) {
			const about = {
				title: document.title,
				url: `${origin}/documents/${document.slug}`,
				stage: document.stage,
				licence: document.licence,
				made_at: new Date(at).toISOString()
			};
			yield `{"document":${JSON.stringify(about)},"contributions":[`;
			let begun = false;
			for await (const entries of slices) {
				const records = entries.map((entry) => JSON.stringify(toRecord(entry, origin)));
				yield `${begun ? ',' : ''}\n${records.join(',\n')}`;
				begun = true;
			}
			yield '\n]}\n';
		}
	});
