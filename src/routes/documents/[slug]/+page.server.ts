import { ownRatings } from '#lib/ballots/own.server.ts';
import type { Unpublished } from '#lib/contributions/branch-views.ts';
import { unpublishedOn } from '#lib/contributions/my-branches.server.ts';
import { annotationsForReading } from '#lib/contributions/reading.server.ts';
import { textViewOf } from '#lib/contributions/suggestion-views.ts';
import { audienceOf } from '#lib/documents/audience.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { livingText } from '#lib/documents/reading.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import { countVersions } from '#lib/documents/version-list.server.ts';
import { followsDocument } from '#lib/record/follow.server.ts';
import { forPage } from '#lib/server/http.ts';
import { Unsent } from '#lib/ui/unsent.ts';
import { besideText } from './beside.server.ts';
import { drawnFor } from './painted.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, isDataRequest }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const found = await findDocument(house, actor, params.slug);
		const { document } = found;
		const view = textViewOf(url);
		const [annotations, { facts, html, shown }, audience, versions, support, following, begun] =
			await Promise.all([
				annotationsForReading(house, live, actor, document).then((said) =>
					besideText(locals, document, said)
				),
				drawnFor(locals, document, view).then(async (drawn) => {
					return { ...(await livingText(live, document.id, drawn)), shown: drawn.shown };
				}),
				audienceOf(house, found),
				countVersions(house, document.id),
				ownRatings(house, live, actor, document.id),
				locals.following ?? followsDocument(house, actor, document.id),
				unpublishedOn(house, actor, document.id)
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
			/** The reader's own suggestions that are not published yet. */
			unpublished: begun.length > 0 ? await named(live, document.id, begun) : [],
			versions,
			presence: live.presence(document.id)
		};
	});
};

/** With the numbers of the clauses they were begun on. */
async function named(
	live: App.Locals['live'],
	documentId: string,
	begun: Array<Omit<Unpublished, 'number'>>
): Promise<Unpublished[]> {
	const numbers = numberClauses((await live.read(documentId)).blocks);
	return begun.map((one) => ({ ...one, number: numbers.get(one.blockId ?? '') ?? null }));
}
