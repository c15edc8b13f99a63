import { supportActs } from '#lib/ballots/support-acts.ts';
import { shownFigures } from '#lib/ballots/tallies.server.ts';
import { pieceActs } from '#lib/contributions/clause-acts.ts';
import { overlayOf, standpoint } from '#lib/contributions/reading.server.ts';
import type { Drawn } from '#lib/documents/reading.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

/** What those who hear the page are told of footnotes. */
export function noteLabels() {
	return { notes: m.documents_notes(), back: m.documents_note_back() };
}

/**
 * How the text is drawn for whoever asks, in the language of the request: what is painted in it and what
 * stands below its clauses. Orphaned remarks have no words to be on.
 */
export async function drawnFor(
	{ house, live, actor }: Pick<App.Locals, 'house' | 'live' | 'actor'>,
	document: DocumentRow
): Promise<Drawn> {
	const [{ marks, figures, state, seenBy }, support] = await Promise.all([
		overlayOf(house, live, actor, document),
		shownFigures(house, live, document.id)
	]);
	const { may, why } = standpoint(house, actor, document);
	const { slug } = document;
	const open = may.annotate || why === 'sign_in';
	return {
		readers: `${seenBy} ${getLocale()} ${open}`,
		state: `${state} ${support.state} ${document.slug}`,
		marks: marks
			.filter((mark) => !mark.whole && mark.status !== 'orphaned')
			.map(({ id, from, to, status }) => ({ id, from, to, status, kind: 'annotation' })),
		labels: noteLabels(),
		empty: m.documents_text_empty(),
		below: (piece) =>
			pieceActs(piece, figures, {
				slug,
				open,
				first: (id, number) =>
					supportActs(id, { slug, number, open, figures: support.clauses[id] }),
				isSaid: (id) => support.clauses[id] !== undefined
			})
	};
}
