import { supportFor } from '#lib/ballots/view.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { outlineOf } from '#lib/documents/outline.ts';
import { textHtml } from '#lib/documents/reading.server.ts';
import { readVersion } from '#lib/documents/versions.server.ts';
import { NotFound } from '#lib/errors.ts';
import { forPage } from '#lib/server/http.ts';
import { noteLabels } from '../../painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		if (!/^[1-9]\d{0,5}$/.test(params.number)) throw new NotFound('version_not_found');
		const version = await readVersion(house, document.id, Number(params.number));
		return {
			support: await supportFor(house, live, actor, document, { type: 'version', id: version.id }),
			version: {
				number: version.number,
				stage: version.stage,
				title: version.title,
				reason: version.reason,
				contentHash: version.contentHash,
				frozenAt: version.frozenAt
			},
			outline: outlineOf(version.blocks),
			html: textHtml(version.blocks, noteLabels())
		};
	});
};
