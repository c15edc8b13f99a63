import { ownRatings } from '#lib/ballots/own.server.ts';
import { annotationsForReading } from '#lib/contributions/reading.server.ts';
import { audienceOf } from '#lib/documents/audience.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { livingText } from '#lib/documents/reading.server.ts';
import { countVersions } from '#lib/documents/versions.server.ts';
import { forPage } from '#lib/server/http.ts';
import { Unsent } from '#lib/ui/unsent.ts';
import { drawnFor } from './painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, isDataRequest }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const found = await findDocument(house, actor, params.slug);
		const { document } = found;
		const [annotations, { facts, html }, audience, versions, support] = await Promise.all([
			annotationsForReading(house, live, actor, document),
			drawnFor(locals, document).then((drawn) => livingText(live, document.id, drawn)),
			audienceOf(house, found),
			countVersions(house, document.id),
			ownRatings(house, live, actor, document.id)
		]);
		return {
			annotations,
			text: facts,
			// The words are in the page: nobody who gets the page needs them once more as data.
			words: isDataRequest ? html : new Unsent(html),
			/** The reader's own; what everybody gave is drawn with the words. */
			support,
			audience,
			versions,
			presence: live.presence(document.id)
		};
	});
};
