import { sourceMarks, type WordPlace } from '#lib/documents/provenance/marks.ts';
import type { Run } from '#lib/documents/provenance/runs.ts';
import { renderHtml } from '#lib/documents/render/html.ts';
import { m } from '#lib/paraglide/messages.js';
import type { Provenance } from '#lib/record/provenance.server.ts';
import { noteLabels } from '../painted.server.ts';

/** The text in which all words are links to where they come from, the chosen ones marked. */
export function provenanceHtml(
	{ blocks, runs }: Pick<Provenance, 'blocks' | 'runs'>,
	how: {
		chosen: Run | undefined;
		/** The numbers of the document's decisions, by id. */
		numbers: ReadonlyMap<string, number>;
		hrefOf: (place: WordPlace) => string;
	}
): string {
	const signOf = ({ decisionId, restoredBy }: Run) => {
		const number = how.numbers.get(restoredBy ?? decisionId ?? '');
		if (number === undefined) return undefined;
		return { text: String(number), spoken: m.documents_source_sign({ number }) };
	};
	const marks = sourceMarks(blocks, runs, { ...how, signOf });
	const html = renderHtml(blocks, { marks, labels: noteLabels(), plainNumbers: true });
	// The way back from the answer. The words' own signs are escaped: this is no word of theirs.
	return html.replace('aria-current="true"', 'id="chosen" aria-current="true"');
}
