import { ownRatings } from '#lib/ballots/own.server.ts';
import { annotationsForReading } from '#lib/contributions/reading.server.ts';
import { textViewOf } from '#lib/contributions/suggestion-views.ts';
import { audienceOf } from '#lib/documents/audience.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { livingText } from '#lib/documents/reading.server.ts';
import { countVersions } from '#lib/documents/versions.server.ts';
import { followsDocument } from '#lib/record/follow.server.ts';
import { forPage } from '#lib/server/http.ts';
import { Unsent } from '#lib/ui/unsent.ts';
import { drawnFor } from './painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, isDataRequest }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const found = await findDocument(house, actor, params.slug);
		const { document } = found;
		const view = textViewOf(url);
		const [annotations, { facts, html, shown }, audience, versions, support, following] =
			await Promise.all([
				annotationsForReading(house, live, actor, document),
				drawnFor(locals, document, view).then(async (drawn) => {
					return { ...(await livingText(live, document.id, drawn)), shown: drawn.shown };
				}),
				audienceOf(house, found),
				countVersions(house, document.id),
				ownRatings(house, live, actor, document.id),
				locals.following ?? followsDocument(house, actor, document.id)
			]);
		return {
			annotations,
			text: facts,
			/** Which form of the text this is, and how many suggestions are in it. */
			shown,
			// The words are in the page: nobody who gets the page needs them once more as data.
			words: isDataRequest ? html : new Unsent(html),
			/** The reader's own; what everybody gave is drawn with the words. */
			support,
			audience,
			/** Null: nobody is signed in. */
			following,
			versions,
			presence: live.presence(document.id)
		};
	});
};
