import { findDocument } from '#lib/documents/documents.server.ts';
import { readVersion } from '#lib/documents/versions.server.ts';
import { NotFound } from '#lib/errors.ts';
import { forPage } from '#lib/server/http.ts';
import { markdownFile } from '../../../markdown.server.ts';
import type { RequestHandler } from './$types';

/** A version as a Markdown file. */
export const GET: RequestHandler = ({ locals, params }) =>
	forPage(async () => {
		const { house, actor } = locals;
		const { document } = await findDocument(house, actor, params.slug);
		if (!/^[1-9]\d{0,5}$/.test(params.number)) throw new NotFound('version_not_found');
		const { number, blocks } = await readVersion(house, document.id, Number(params.number));
		return markdownFile(`${document.slug}-version-${number}`, blocks);
	});
