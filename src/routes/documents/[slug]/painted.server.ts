import type { ReadingAnnotations } from '#lib/contributions/views.ts';
import type { Drawn } from '#lib/documents/reading.server.ts';
import { m } from '#lib/paraglide/messages.js';

/** What those who hear the page are told of footnotes. */
export function noteLabels() {
	return { notes: m.documents_notes(), back: m.documents_note_back() };
}

/** How the text is drawn for a reader: the highlights they may see. Orphaned ones have no words to be on. */
export function drawnFor({ marks }: Pick<ReadingAnnotations, 'marks'>): Drawn {
	return {
		marks: marks
			.filter((mark) => !mark.whole && mark.status !== 'orphaned')
			.map(({ id, from, to, status }) => ({ id, from, to, status, kind: 'annotation' })),
		labels: noteLabels()
	};
}
