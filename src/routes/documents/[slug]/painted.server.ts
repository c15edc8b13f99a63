import { supportActs } from '#lib/ballots/support-acts.ts';
import { shownFigures } from '#lib/ballots/tallies.server.ts';
import { pieceActs } from '#lib/contributions/clause-acts.ts';
import { overlayOf, standpoint } from '#lib/contributions/reading.server.ts';
import type { TextView } from '#lib/contributions/suggestion-views.ts';
import type { Drawn } from '#lib/documents/reading.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { m } from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';
import { suggestedIn, type Suggested } from './suggested.server.ts';

/** What those who hear the page are told of footnotes. */
export function noteLabels() {
	return { notes: m.documents_notes(), back: m.documents_note_back() };
}

/**
 * How the text is drawn for whoever asks, in the language of the request: what is painted in it and what
 * stands below its clauses. Orphaned remarks have no words to be on.
 */
export async function drawnFor(
	locals: Pick<App.Locals, 'house' | 'live' | 'actor'>,
	document: DocumentRow,
	view: TextView
): Promise<Drawn & { shown: Suggested['shown'] }> {
	const { house, live, actor } = locals;
	const [{ marks, figures, state, seenBy, seq }, support] = await Promise.all([
		overlayOf(house, live, actor, document),
		shownFigures(house, live, document.id)
	]);
	const remarks: Drawn['marks'] = marks
		.filter((mark) => !mark.whole && mark.status !== 'orphaned')
		.map(({ id, from, to, status }) => ({ id, from, to, status, kind: 'annotation' }));
	const standing = { marks: remarks, seq, standing: support.state };
	const suggested = await suggestedIn(locals, document, view, standing);
	const { may, why } = standpoint(house, actor, document);
	const { slug } = document;
	// What is only imagined is not commented on.
	const open = view !== 'accepted' && (may.annotate || why === 'sign_in');
	return {
		...suggested,
		readers: `${seenBy} ${getLocale()} ${open} ${view}`,
		state: `${state} ${support.state} ${document.slug} ${suggested.state}`,
		labels: noteLabels(),
		empty: m.documents_text_empty(),
		below: (piece) =>
			pieceActs(piece, figures, {
				slug,
				open,
				first: (id, number) =>
					supportActs(id, { slug, number, open, figures: support.clauses[id] }) +
					suggested.count(id, number),
				isSaid: (id) => support.clauses[id] !== undefined || suggested.has(id)
			}) + suggested.lines(piece.blocks, piece.number),
		shown: suggested.shown
	};
}
