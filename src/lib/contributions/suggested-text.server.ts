import { inArray } from 'drizzle-orm';
import {
	acceptedText,
	overlaid,
	together,
	type Overlaid
} from '#lib/documents/branches/overlaid.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { House } from '#lib/server/house.ts';
import { contribution } from './schema.server.ts';
import type { Suggestions } from './suggestions.server.ts';

/** The living text with suggestions, worked out once for all who read it that way. */
export interface SuggestedText {
	/** Names the suggestions and the text they were read on: the same name, the same drawing. */
	name: string;
	/** Branches that can stand together, the best supported first. */
	chosen: ReadonlySet<string>;
	/** Of those, the ones drawn in the text: a clause stays legible. */
	inPlace: ReadonlySet<string>;
	/** Open suggestions that are not, since they overlap with one that is. */
	left: number;
	/** The row of the text it is true for. */
	seq: number;
	suggested(): Overlaid;
	accepted(): Block[];
}

/** So many in one clause can still be read in place; the others are in the list. */
const MOST_IN_BLOCK = 12;
const known = new WeakMap<Suggestions, Map<string, SuggestedText>>();
const names = new WeakMap<Suggestions, string>();
let named = 0;

/**
 * Chooses what stands together and lays it over the text. `score` is the support of a suggestion, by the id
 * of its contribution; `standing` names the scores, so that nothing is chosen anew while they stay.
 */
export function suggestedText(
	suggestions: Suggestions,
	score: (contributionId: string) => number,
	standing: string
): SuggestedText {
	const memory = known.get(suggestions) ?? new Map<string, SuggestedText>();
	known.set(suggestions, memory);
	const before = memory.get(standing);
	if (before) return before;
	const chosen = choose(suggestions, score);
	let [laid, accepted]: [Overlaid | undefined, Block[] | undefined] = [undefined, undefined];
	const { text, blocks, open, seq } = suggestions;
	const few = fewIn(suggestions, chosen);
	const made: SuggestedText = {
		name: `${nameOf(suggestions)}.${standing}`,
		chosen,
		inPlace: few,
		left: suggestionsIn(suggestions).length - chosen.size,
		seq,
		suggested: () =>
			(laid ??= overlaid(text, blocks, {
				chosen: (id) => few.has(id),
				nameOf: (id) => open.get(id)?.contributionId ?? id
			})),
		accepted: () => (accepted ??= acceptedText(text, blocks, (id) => chosen.has(id)))
	};
	if (memory.size >= 4) memory.clear();
	memory.set(standing, made);
	return made;
}

/** The open suggestions that still change something of this text. */
function suggestionsIn({ byBlock, open }: Suggestions): string[] {
	const found = new Set([...byBlock.values()].flat());
	return [...open.keys()].filter((id) => found.has(id));
}

function choose(suggestions: Suggestions, score: (contributionId: string) => number): Set<string> {
	const { open, stale } = suggestions;
	const lost = new Set(stale);
	const ids = suggestionsIn(suggestions).filter((id) => !lost.has(id));
	const points = new Map(ids.map((id) => [id, score(open.get(id)!.contributionId)]));
	// The sort is stable, so of two with the same support the older one goes first.
	const order = ids.sort((a, b) => points.get(b)! - points.get(a)!);
	return together(order, (id) => suggestions.overlapping(id));
}

/** Of the chosen ones, the first few of every clause. */
function fewIn({ byBlock }: Suggestions, chosen: ReadonlySet<string>): Set<string> {
	const few = new Set(chosen);
	for (const ids of byBlock.values()) {
		const here = ids.filter((id) => few.has(id));
		for (const id of here.slice(MOST_IN_BLOCK)) few.delete(id);
	}
	return few;
}

function nameOf(suggestions: Suggestions): string {
	let name = names.get(suggestions);
	if (!name) names.set(suggestions, (name = String((named += 1))));
	return name;
}

const authors = new WeakMap<Suggestions, Promise<Map<string, string>>>();

/** Who suggests what: names by the id of the contribution. */
export function suggesterNames(house: House, of: Suggestions): Promise<Map<string, string>> {
	let found = authors.get(of);
	if (!found) {
		found = readNames(house, [...of.byContribution.keys()]);
		authors.set(of, found);
		found.catch(() => authors.delete(of));
	}
	return found;
}

async function readNames(house: House, ids: string[]): Promise<Map<string, string>> {
	const { db } = house.store;
	const found = new Map<string, string>();
	for (let from = 0; from < ids.length; from += 500) {
		const rows = await db
			.select({ id: contribution.id, personId: contribution.personId })
			.from(contribution)
			.where(inArray(contribution.id, ids.slice(from, from + 500)));
		const people = await namesOf(db, [...new Set(rows.map((row) => row.personId))]);
		for (const { id, personId } of rows) found.set(id, people.get(personId) ?? '');
	}
	return found;
}
