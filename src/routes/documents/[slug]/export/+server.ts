import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage } from '#lib/server/http.ts';
import { markdownFile } from '../markdown.server.ts';
import type { RequestHandler } from './$types';

/** The living text as a Markdown file. */
export const GET: RequestHandler = ({ locals, params }) =>
	forPage(async () => {
		const { house, live, actor } = locals;
		const { document } = await findDocument(house, actor, params.slug);
		const { blocks } = await live.read(document.id);
		return markdownFile(document.slug, blocks);
	});
