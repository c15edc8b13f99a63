import { talliesOn } from '#lib/ballots/tallies.server.ts';
import { figuresOf } from '#lib/ballots/tally.ts';
import { suggestionLines } from '#lib/contributions/suggestion-list.server.ts';
import type { SuggestedBeside } from '#lib/contributions/suggestion-views.ts';
import { suggestionsOn, type Suggestions } from '#lib/contributions/suggestions.server.ts';
import type { ReadingAnnotations } from '#lib/contributions/views.ts';
import { withMarks } from '#lib/decisions/marks.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { scoreIn } from './suggested.server.ts';

type Locals = Pick<App.Locals, 'house' | 'live'>;

/** Suggestions that come with the page; the others are asked for when their clause is in view. */
const FIRST = 8;
/** So many of one clause are shown beside it; the others are in the list. */
const MOST_HERE = 3;

/**
 * What is said beside the text, with what only other areas know of it: the suggestions among the remarks,
 * the support they have, and what became of each. Without `block`, the suggestions of the first clauses.
 */
export async function besideText(
	{ house, live }: Locals,
	document: DocumentRow,
	said: ReadingAnnotations,
	block?: string
): Promise<ReadingAnnotations> {
	const [suggestions, tallies] = await Promise.all([
		suggestionsOn(house, live, document.id),
		talliesOn(house, document.id)
	]);
	const chosen = choose(suggestions, scoreIn(tallies), block);
	const ids = [...new Set([...chosen.values()].flat())];
	const lines = await suggestionLines(house, live, document.id, ids);
	const marked = await withMarks(house, [...said.cards, ...lines]);
	const cards = marked.slice(0, said.cards.length) as typeof said.cards;
	const shown = new Map(
		(marked.slice(said.cards.length) as typeof lines).map((line) => {
			const tally = tallies.get(`suggestion:${line.id}`);
			return [line.id, { ...line, support: tally ? figuresOf(tally) : null }];
		})
	);
	const of: SuggestedBeside['of'] = {};
	for (const [blockId, here] of chosen) {
		of[blockId] = {
			from: suggestions.text.find(({ id }) => id === blockId)?.from ?? 0,
			count: suggestions.byBlock.get(blockId)?.length ?? 0,
			lines: here.flatMap((id) => shown.get(id) ?? [])
		};
	}
	const { state, open } = suggestions;
	return { ...said, cards, suggested: { state, total: open.size, of } };
}

/** Which suggestions are shown beside which blocks, the best supported first. */
function choose(
	{ blocks, byBlock, open }: Suggestions,
	score: (contributionId: string) => number,
	block: string | undefined
): Map<string, string[]> {
	const chosen = new Map<string, string[]>();
	let count = 0;
	for (const id of block === undefined ? blocks.map((one) => one.block.id) : [block]) {
		const here = (byBlock.get(id) ?? []).flatMap((branchId) => open.get(branchId) ?? []);
		// Of the block asked for it is said as well that there are none.
		if (here.length === 0 && !block) continue;
		const ids = here
			.map(({ contributionId }) => contributionId)
			.sort((a, b) => score(b) - score(a))
			.slice(0, MOST_HERE);
		chosen.set(id, ids);
		count += ids.length;
		if (count >= FIRST) break;
	}
	return chosen;
}
