import { talliesOn, type Tallies } from '#lib/ballots/tallies.server.ts';
import {
	suggesterLines,
	suggestionCount,
	type Suggester
} from '#lib/contributions/suggestion-acts.ts';
import type { TextView } from '#lib/contributions/suggestion-views.ts';
import {
	suggestedText,
	suggesterNames,
	type SuggestedText
} from '#lib/contributions/suggested-text.server.ts';
import { suggestionsOn, type Suggestions } from '#lib/contributions/suggestions.server.ts';
import type { Drawn } from '#lib/documents/reading.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';

/** What suggestions add to how a text is drawn, in one of its views. */
export interface Suggested extends Partial<Pick<Drawn, 'blocks' | 'origins'>> {
	marks: Drawn['marks'];
	/** Names what is shown, so that it is drawn anew only when it is something else. */
	state: string;
	/** Below a clause: how many suggestions there are. */
	count(blockId: string, number: string | null): string;
	/** Below that, whose they are. */
	lines(blockIds: readonly string[], number: string | null): string;
	has(blockId: string): boolean;
	shown: { view: TextView; count: number; left: number };
}

/**
 * The suggestions on a text as a view of it shows them. `marks` are those of the living text; they are
 * moved to where their words stand in the view, or left out while the two are not of the same moment.
 */
export async function suggestedIn(
	{ house, live }: Pick<App.Locals, 'house' | 'live'>,
	document: DocumentRow,
	view: TextView,
	{ marks, seq, standing }: { marks: Drawn['marks']; seq: number; standing: string }
): Promise<Suggested> {
	const [suggestions, tallies] = await Promise.all([
		suggestionsOn(house, live, document.id),
		talliesOn(house, document.id)
	]);
	const text = suggestedText(suggestions, scoreIn(tallies), standing);
	const { slug } = document;
	const names = view === 'suggestions' ? await suggesterNames(house, suggestions) : new Map();
	const { byBlock } = suggestions;
	const found: Suggested = {
		marks,
		state: `${view} ${view === 'text' ? countsOf(suggestions) : text.name}`,
		count: (id, number) =>
			suggestionCount(slug, id, { count: byBlock.get(id)?.length ?? 0, number }),
		lines: (ids, number) => {
			if (view !== 'suggestions') return '';
			const here = [...new Set(ids.flatMap((id) => byBlock.get(id) ?? []))];
			return suggesterLines(slug, ids[0] ?? '', told(suggestions, text, here, names), number);
		},
		has: (id) => byBlock.has(id),
		shown: { view, count: text.chosen.size, left: text.left }
	};
	if (view === 'text') return found;
	if (view === 'accepted') return { ...found, marks: [], blocks: text.accepted() };
	const { blocks, origins, marks: changes, placed } = text.suggested();
	const kept = seq === text.seq ? marks.map((mark) => ({ ...mark, ...placed(mark) })) : [];
	return { ...found, marks: [...changes, ...kept], blocks, origins };
}

/** How well supported a suggestion is, by the id of its contribution. */
export function scoreIn(tallies: Tallies): (contributionId: string) => number {
	return (id) => {
		const tally = tallies.get(`suggestion:${id}`);
		return tally ? tally.strong + tally.mild - tally.against - tally.against2 : 0;
	};
}

/** Of the text itself only the counts are drawn. */
function countsOf({ byBlock }: Suggestions): string {
	return [...byBlock].map(([id, { length }]) => `${id}:${length}`).join(' ');
}

function told(
	{ open, summaryOf }: Suggestions,
	{ inPlace }: SuggestedText,
	branchIds: string[],
	names: ReadonlyMap<string, string>
): Suggester[] {
	const all = branchIds.flatMap((branchId): Suggester[] => {
		const one = open.get(branchId);
		if (!one) return [];
		const text = summaryOf(branchId)?.text ?? '';
		const id = one.contributionId;
		return [{ id, name: names.get(id) ?? '', text, inPlace: inPlace.has(branchId) }];
	});
	return all.sort((a, b) => Number(b.inPlace) - Number(a.inPlace));
}
