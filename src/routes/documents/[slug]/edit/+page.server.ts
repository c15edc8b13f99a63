import { annotationsForEditor, standpoint } from '#lib/contributions/reading.server.ts';
import { withMarks } from '#lib/decisions/marks.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { textHtml } from '#lib/documents/reading.server.ts';
import { forPage } from '#lib/server/http.ts';
import { noteLabels } from '../painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [annotations, { blocks }] = await Promise.all([
			annotationsForEditor(house, live, actor, document).then((threads) =>
				withMarks(house, threads)
			),
			live.read(document.id)
		]);
		const { speaking } = standpoint(house, actor, document);
		// The words are there before the editor is, and stay where the editor cannot run.
		return { annotations, speaking, html: textHtml(blocks, noteLabels()) };
	});
};
