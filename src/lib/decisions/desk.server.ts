import { suggestionsOn, type Suggestions } from '#lib/contributions/suggestions.server.ts';
import type { ContributionKind } from '#lib/contributions/kinds.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { Actor, CapacityKind } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { documentOfTeam } from './answer.server.ts';
import type { DeskQuery } from './desk-inputs.ts';
import { previewOf } from './desk-preview.server.ts';
import type { Desk, DeskLine, DeskSupport } from './desk-views.ts';
import { entriesOf, numbersIn, type Numbered } from './entries.server.ts';
import { MOST_AT_ONCE } from './kinds.ts';
import { clausesOf, ordered } from './ledger.server.ts';
import { linesOn, type Line } from './lines.server.ts';
import { scoreOf } from './score.ts';
import type { Entry } from './views.ts';

type Live = Pick<LiveEngine, 'read' | 'stateOf'>;

/** How many contributions a page of the desk lists. */
export const PAGE = 40;
/** Picked remarks that are shown in full. */
const MOST_REMARKS = 20;

/** The support of a suggestion; it is counted in an area that this one does not know. */
export type SupportOf = (contributionId: string) => DeskSupport;

/**
 * What waits on a document, for its policy team: a page of the list, and the result of what could be done
 * with what is picked. Forbidden `not_policy_team`.
 */
export async function readDesk(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	query: DeskQuery,
	supportOf: SupportOf
): Promise<Desk> {
	const { document } = await documentOfTeam(house, actor, documentId);
	const [all, { blocks }, suggestions] = await Promise.all([
		linesOn(house, documentId),
		live.read(documentId),
		suggestionsOn(house, live, documentId)
	]);
	const at: Scene = { suggestions, text: numbersIn(blocks), supportOf };
	const waits = all.filter((line) => line.status === 'published' && line.outcome === null);
	const tabs = {
		suggestions: waits.filter(isSuggestion).length,
		remarks: waits.filter((line) => !isSuggestion(line)).length
	};
	const onTab = waits.filter((line) => isSuggestion(line) === (query.tab === 'suggestions'));
	const shown = sorted(
		onTab.filter((line) => matches(line, query, at)),
		query,
		at
	);
	const waiting = new Set(waits.map(({ id }) => id));
	const wanted = query.all ? shown.slice(0, MOST_AT_ONCE).map(({ id }) => id) : query.pick;
	const picked = wanted.filter((id) => waiting.has(id));
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const page = Math.min(query.page, pages);
	const slice = shown.slice((page - 1) * PAGE, page * PAGE);

	const pickedLines = onlyPicked(waits, picked);
	const remarkIds = pickedLines.filter((line) => !isSuggestion(line)).map(({ id }) => id);
	const about = { slug: document.slug, text: at.text };
	const [entries, remarks, preview] = await Promise.all([
		entriesOf(
			house,
			about,
			slice.map(({ id }) => id)
		),
		entriesOf(house, about, remarkIds.slice(0, MOST_REMARKS)),
		previewOf(house, live, document, {
			...at,
			picked: pickedLines.filter(isSuggestion).map(({ id }) => id),
			edit: query.edit
		})
	]);
	return {
		lines: entries.map((entry) => lineOf(entry, new Set(picked), at)),
		...{ total: shown.length, page, pages, tabs, picked, remarks, preview },
		...choicesOn(onTab, blocks, at)
	};
}

/** What the list is made from: the suggestions on the text, its numbers, their support. */
interface Scene {
	suggestions: Suggestions;
	text: Numbered;
	supportOf: SupportOf;
}

const isSuggestion = (line: Pick<Line, 'kind'>) => line.kind === 'suggestion';

function onlyPicked(waits: readonly Line[], picked: readonly string[]): Line[] {
	const byId = new Map(waits.map((line) => [line.id, line]));
	return picked.map((id) => byId.get(id)!);
}

/** The blocks a contribution is about: all that a suggestion changes, else the one it was made on. */
function blocksOf(line: Line, { suggestions, text }: Scene): string[] {
	const branch = suggestions.byContribution.get(line.id);
	if (branch) {
		const changed = touchedBy(suggestions).get(branch.id);
		if (changed) return changed;
	}
	return line.blockId !== null && text.placeOf.has(line.blockId) ? [line.blockId] : ['gone'];
}

const touching = new WeakMap<Suggestions['byBlock'], Map<string, string[]>>();

/** The blocks that each branch changes; worked out once for each reading of the suggestions. */
function touchedBy({ byBlock }: Suggestions): Map<string, string[]> {
	let found = touching.get(byBlock);
	if (!found) {
		touching.set(byBlock, (found = new Map()));
		for (const [block, branches] of byBlock) {
			for (const id of branches) {
				const own = found.get(id);
				if (own) own.push(block);
				else found.set(id, [block]);
			}
		}
	}
	return found;
}

function matches(line: Line, query: DeskQuery, at: Scene): boolean {
	const branch = at.suggestions.byContribution.get(line.id);
	return (
		(!query.kind || line.kind === query.kind) &&
		(!query.capacity || line.capacity === query.capacity) &&
		(!query.clause || blocksOf(line, at).includes(query.clause)) &&
		(!query.overlaps || (branch !== undefined && at.suggestions.overlapping(branch.id).length > 0))
	);
}

function sorted(lines: Line[], { sort }: DeskQuery, at: Scene): Line[] {
	if (sort === 'oldest') return ordered(lines, 'newest', at.text).reverse();
	if (sort === 'newest' || sort === 'clause') return ordered(lines, sort, at.text);
	const score = new Map(lines.map(({ id }) => [id, scoreOf(at.supportOf(id))]));
	return lines.sort(
		(a, b) =>
			score.get(b.id)! - score.get(a.id)! || a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)
	);
}

function lineOf(entry: Entry, picked: ReadonlySet<string>, at: Scene): DeskLine {
	const { suggestions } = at;
	const branch = suggestions.byContribution.get(entry.id);
	const summary = branch ? suggestions.summaryOf(branch.id) : null;
	const others = branch ? suggestions.overlapping(branch.id) : [];
	const meets = others.some((id) => picked.has(suggestions.open.get(id)?.contributionId ?? ''));
	const isGone = isSuggestion(entry) && summary === null;
	return {
		...entry,
		change: summary ? { parts: summary.parts, more: summary.more } : entry.change,
		support: at.supportOf(entry.id),
		picked: picked.has(entry.id),
		overlap: meets ? 'picked' : others.length > 0 ? 'some' : null,
		stale: branch !== undefined && suggestions.stale.includes(branch.id),
		gone: isGone,
		removes: summary?.removedBlocks ?? 0
	};
}

/** What the filters offer: only what occurs among those that wait. */
function choicesOn(
	lines: readonly Line[],
	blocks: Parameters<typeof clausesOf>[1],
	at: Scene
): Pick<Desk, 'clauses' | 'capacities' | 'kinds'> {
	const places = new Set(lines.flatMap((line) => blocksOf(line, at)));
	const kinds = new Set<ContributionKind>(lines.map(({ kind }) => kind));
	const capacities = new Set<CapacityKind>(lines.map(({ capacity }) => capacity));
	return {
		clauses: clausesOf(places, blocks, at.text),
		kinds: [...kinds],
		capacities: [...capacities]
	};
}
