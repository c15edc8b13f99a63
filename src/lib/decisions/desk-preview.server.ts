import type { Suggestions } from '#lib/contributions/suggestions.server.ts';
import { markedBlocks, visibleHunks } from '#lib/documents/branches/marks.ts';
import type { Pair } from '#lib/documents/branches/overlap.ts';
import { asAccepted } from '#lib/documents/branches/pieces.ts';
import { excerpt } from '#lib/documents/branches/summary.ts';
import { weave } from '#lib/documents/branches/weave.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { changedBlocks } from './changed.ts';
import type { DeskPreview, EditBlock, HunkView, OverlapView } from './desk-views.ts';
import { wordsToEdit } from './edits.ts';
import { entriesOf, type Numbered } from './entries.server.ts';

/** Blocks, overlaps and changes that are drawn; what is more is counted. */
const MOST_BLOCKS = 12;
const MOST_OVERLAPS = 6;
const MOST_HUNKS = 60;

interface Asked {
	suggestions: Suggestions;
	text: Numbered;
	/** Contribution ids of the picked suggestions. */
	picked: string[];
	edit: boolean;
}

/** What would become of the text with the picked suggestions in it, and what stands in the way. */
export async function previewOf(
	house: House,
	live: Pick<LiveEngine, 'stateOf'>,
	document: Pick<DocumentRow, 'id' | 'slug'>,
	{ suggestions, text, picked, edit }: Asked
): Promise<DeskPreview> {
	const branches = picked.flatMap((id) => suggestions.byContribution.get(id)?.id ?? []);
	const chosen = new Set(branches);
	const isChosen = (id: string) => chosen.has(id);
	const touched = suggestions.blocks.filter(({ block }) =>
		suggestions.byBlock.get(block.id)?.some(isChosen)
	);
	const pairs = suggestions.overlaps
		.filter(({ a, b }) => isChosen(a) || isChosen(b))
		.sort((x, y) => weight(y, chosen) - weight(x, chosen));
	const shownPairs = pairs.slice(0, MOST_OVERLAPS);
	const idOf = (branchId: string) => suggestions.open.get(branchId)?.contributionId ?? '';
	const stale = branches.filter((id) => suggestions.stale.includes(id)).map(idOf);
	const gone = picked.filter((id) => {
		const branch = suggestions.byContribution.get(id);
		return !branch || suggestions.summaryOf(branch.id) === null;
	});
	const named = new Map(
		(
			await entriesOf(house, { slug: document.slug, text }, [
				...new Set([...shownPairs.flatMap(({ a, b }) => [idOf(a), idOf(b)]), ...stale, ...gone])
			])
		).map((entry) => [entry.id, entry.author])
	);
	const withName = (id: string) => ({ id, author: named.get(id) ?? '' });
	return {
		suggestions: picked.length,
		changes: changedBlocks(touched.slice(0, MOST_BLOCKS), text.numberOf, {
			chosen: isChosen,
			prefix: 'result-'
		}),
		more: Math.max(0, touched.length - MOST_BLOCKS),
		overlaps: shownPairs.map((pair) =>
			overlapView(pair, { suggestions, text, chosen, idOf, named })
		),
		moreOverlaps: pairs.length - shownPairs.length,
		conflicts: pairs.filter(({ a, b }) => isChosen(a) && isChosen(b)).length,
		stale: stale.map(withName),
		gone: gone.map(withName),
		hunks: picked.length === 1 ? await hunksOf(live, document.id, suggestions, picked[0]!) : [],
		edits: edit ? editsOf(touched, isChosen, text) : []
	};
}

/** Those that stand in the way come first. */
function weight({ a, b }: Pair, chosen: ReadonlySet<string>): number {
	return Number(chosen.has(a)) + Number(chosen.has(b));
}

interface Naming {
	suggestions: Suggestions;
	text: Numbered;
	chosen: ReadonlySet<string>;
	idOf: (branchId: string) => string;
	named: ReadonlyMap<string, string>;
}

function overlapView(pair: Pair, { suggestions, text, chosen, idOf, named }: Naming): OverlapView {
	const near = suggestions.blocks.filter(
		({ block }) => block.from <= pair.to && block.to >= pair.from
	);
	const side = (branchId: string | null) => {
		const id = branchId === null ? null : idOf(branchId);
		return {
			id,
			author: id === null ? null : (named.get(id) ?? ''),
			picked: branchId !== null && chosen.has(branchId),
			parts: excerpt(near, pair, branchId)
		};
	};
	const sides = [side(null), side(pair.a), side(pair.b)];
	return {
		number: (near[0] && text.numberOf.get(near[0].block.id)) ?? null,
		kinds: [...new Set(pair.reasons.map(({ kind }) => kind))],
		blocks: chosen.has(pair.a) && chosen.has(pair.b),
		// The picked one stands next to the words of now.
		sides: sides.sort((x, y) => rank(x) - rank(y))
	};
}

function rank({ id, picked }: { id: string | null; picked: boolean }): number {
	return id === null ? 0 : picked ? 1 : 2;
}

/** The changes of a suggestion one by one; none when it has only one, which is taken as a whole. */
async function hunksOf(
	live: Pick<LiveEngine, 'stateOf'>,
	documentId: string,
	suggestions: Suggestions,
	contributionId: string
): Promise<HunkView[]> {
	const open = suggestions.byContribution.get(contributionId);
	if (!open || suggestions.outOfPlace.includes(open.id)) return [];
	const { bytes, epoch } = await live.stateOf(documentId);
	if (epoch !== open.epoch) return [];
	const woven = weave(bytes, [open]);
	const marked = markedBlocks(woven);
	const hunks = visibleHunks(woven, open.id);
	if (hunks.length < 2 || hunks.length > MOST_HUNKS) return [];
	return hunks.map((hunk) => ({ key: hunk.key, parts: excerpt(marked, hunk, open.id) }));
}

/** The touched blocks as they would read. */
function editsOf(
	touched: Parameters<typeof asAccepted>[0],
	chosen: (branchId: string) => boolean,
	{ numberOf }: Numbered
): EditBlock[] {
	return touched.slice(0, MOST_BLOCKS).flatMap((one) =>
		asAccepted([one], chosen).map((block) => ({
			id: block.attrs.id,
			number: numberOf.get(block.attrs.id) ?? null,
			words: wordsToEdit(block)
		}))
	);
}
