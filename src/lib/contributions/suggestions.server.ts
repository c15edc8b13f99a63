import { and, count, eq, inArray, isNull, max, sum, type SQL } from 'drizzle-orm';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { shownOn, type ShownText } from '#lib/documents/branches/shown.server.ts';
import type { Suggested } from '#lib/documents/branches/strands.ts';
import { summarise, type Summary } from '#lib/documents/branches/summary.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { House } from '#lib/server/house.ts';
import { contribution } from './schema.server.ts';

/** An open suggestion: published, not hidden, not decided. */
export interface OpenSuggestion extends Suggested {
	contributionId: string;
	epoch: number;
}

/** The open suggestions of a document on its living text. */
export interface Suggestions extends ShownText {
	/** Names which ones are open, and what was said of them last. */
	state: string;
	/** By the id of the branch, oldest first. */
	open: ReadonlyMap<string, OpenSuggestion>;
	/** By the id of the contribution. */
	byContribution: ReadonlyMap<string, OpenSuggestion>;
	/** What one changes, in a few words; null when it changes nothing any more. */
	summaryOf(branchId: string): Summary | null;
	/** The branches it overlaps with. */
	overlapping(branchId: string): string[];
}

interface Kept {
	stamp: string;
	open: Map<string, OpenSuggestion>;
}

type Live = Pick<LiveEngine, 'read' | 'stateOf'>;
const MOST_DOCUMENTS = 50;
const caches = new WeakMap<House['store'], Map<string, Kept>>();
const views = new WeakMap<ShownText, Suggestions>();

/**
 * All open suggestions of a document, woven on its living text (L7). Cheap to ask: it is worked out once
 * per change, and what comes back says which row of the text it is true for.
 */
export async function suggestionsOn(
	house: House,
	live: Live,
	documentId: string
): Promise<Suggestions> {
	const { epoch } = await live.read(documentId);
	const { stamp, open } = await openOn(house, documentId);
	const branches = [...open.values()].filter((one) => one.epoch === epoch);
	const shown = await shownOn(house, live, documentId, { stamp, branches });
	let view = views.get(shown);
	if (!view) views.set(shown, (view = viewOf(shown, { stamp, open })));
	return view;
}

/** Open suggestions that change something in one of these blocks. */
export async function nearTo(
	house: House,
	live: Live,
	documentId: string,
	blockIds: string[]
): Promise<OpenSuggestion[]> {
	const { byBlock, open } = await suggestionsOn(house, live, documentId);
	const ids = new Set(blockIds.flatMap((id) => byBlock.get(id) ?? []));
	return [...ids].flatMap((id) => open.get(id) ?? []);
}

function viewOf(shown: ShownText, { stamp, open }: Kept): Suggestions {
	const blocksOf = new Map<string, number[]>();
	shown.blocks.forEach(({ block }, at) => {
		for (const id of shown.byBlock.get(block.id) ?? []) push(blocksOf, id, at);
	});
	const pairs = new Map<string, string[]>();
	for (const { a, b } of shown.overlaps) {
		push(pairs, a, b);
		push(pairs, b, a);
	}
	const summaries = new Map<string, Summary | null>();
	return {
		...shown,
		state: stamp,
		open,
		byContribution: new Map([...open.values()].map((one) => [one.contributionId, one])),
		overlapping: (branchId) => pairs.get(branchId) ?? [],
		summaryOf(branchId) {
			let summary = summaries.get(branchId);
			if (summary === undefined) {
				const touched = blocksOf.get(branchId)?.map((at) => shown.blocks[at]!);
				summaries.set(branchId, (summary = touched ? summarise(touched, branchId) : null));
			}
			return summary;
		}
	};
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
	const values = map.get(key);
	if (values) values.push(value);
	else map.set(key, [value]);
}

/** The open suggestions, read again only when one came, went or was decided. */
async function openOn(house: House, documentId: string): Promise<Kept> {
	const cache = caches.get(house.store) ?? new Map<string, Kept>();
	caches.set(house.store, cache);
	const { db } = house.store;
	const [row] = await db
		.select({
			open: count(),
			changed: max(contribution.changedAt),
			// Which they are, not only how many: one may be reopened in the moment another is decided.
			times: sum(contribution.createdAt)
		})
		.from(contribution)
		.where(isOpen(documentId));
	const stamp = `${row?.open} ${row?.changed} ${row?.times}`;
	const kept = cache.get(documentId);
	if (kept?.stamp === stamp) return kept;
	const ids = await db
		.select({ id: branch.id })
		.from(branch)
		.innerJoin(contribution, eq(contribution.id, branch.contributionId))
		.where(isOpen(documentId))
		.orderBy(branch.publishedAt, branch.id);
	// What is published never changes: only what is new is read.
	const fresh = ids.flatMap(({ id }) => (kept?.open.has(id) ? [] : [id]));
	const read = new Map(kept?.open);
	for (let from = 0; from < fresh.length; from += 500) {
		for (const one of await readBranches(house, fresh.slice(from, from + 500)))
			read.set(one.id, one);
	}
	const next = { stamp, open: new Map(ids.map(({ id }) => [id, read.get(id)!])) };
	cache.delete(documentId);
	cache.set(documentId, next);
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	return next;
}

function isOpen(documentId: string): SQL | undefined {
	return and(
		eq(contribution.documentId, documentId),
		eq(contribution.kind, 'suggestion'),
		eq(contribution.status, 'published'),
		isNull(contribution.outcome)
	);
}

async function readBranches(house: House, ids: string[]): Promise<OpenSuggestion[]> {
	const rows = await house.store.db
		.select({
			id: branch.id,
			epoch: branch.epoch,
			seq: branch.baseSeq,
			update: branch.update,
			contributionId: branch.contributionId
		})
		.from(branch)
		.where(inArray(branch.id, ids));
	return rows.map(({ update, contributionId, ...row }) => ({
		...row,
		update: update!,
		contributionId: contributionId!
	}));
}
