import { annotationsForReading } from '#lib/contributions/reading.server.ts';
import { audienceOf } from '#lib/documents/audience.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { livingText } from '#lib/documents/reading.server.ts';
import { countVersions } from '#lib/documents/versions.server.ts';
import { forPage } from '#lib/server/http.ts';
import { drawnFor } from './painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const found = await findDocument(house, actor, params.slug);
		const { document } = found;
		const annotations = await annotationsForReading(house, live, actor, document);
		const [text, audience, versions] = await Promise.all([
			livingText(live, document.id, drawnFor(annotations)),
			audienceOf(house, found),
			countVersions(house, document.id)
		]);
		return { annotations, text, audience, versions, presence: live.presence(document.id) };
	});
};
