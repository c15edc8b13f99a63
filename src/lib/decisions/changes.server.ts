import { and, asc, eq, gte, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import { markedBlocks } from '#lib/documents/branches/marks.ts';
import { weave } from '#lib/documents/branches/weave.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import { Conflict, HouseError } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import { changedBlocks } from './changed.ts';
import type { DecisionRow } from './schema.server.ts';
import type { ChangedBlock } from './views.ts';

type Live = Pick<LiveEngine, 'stateAt'>;

/** What decisions changed never changes: the last ones looked at are kept as they were drawn. */
const MOST = 200;
const caches = new WeakMap<House['store'], Map<string, ChangedBlock[]>>();

/**
 * The change a decision brought about, exactly as it was: its rows of the log laid on the text just
 * before them. Null when it changed nothing; `rebuilt` when the log no longer holds the words.
 */
export async function changesBy(
	house: House,
	live: Live,
	{ id, documentId, cites }: DecisionRow
): Promise<ChangedBlock[] | 'rebuilt' | null> {
	const rows = cites.find((cite) => cite.type === 'rows');
	if (!rows) return null;
	const cache = caches.get(house.store) ?? new Map<string, ChangedBlock[]>();
	caches.set(house.store, cache);
	const kept = cache.get(id);
	if (kept) return kept;
	try {
		const drawn = await draw(house, live, documentId, rows);
		cache.set(id, drawn);
		if (cache.size > MOST) cache.delete(cache.keys().next().value!);
		return drawn;
	} catch (error) {
		if (error instanceof HouseError) return 'rebuilt';
		throw error;
	}
}

async function draw(
	house: House,
	live: Live,
	documentId: string,
	{ from, to }: { from: number; to: number }
): Promise<ChangedBlock[]> {
	const before = await live.stateAt(documentId, from - 1);
	const rows = await house.store.db
		.select({ update: documentUpdate.update, erased: documentUpdate.erased })
		.from(documentUpdate)
		.where(
			and(
				eq(documentUpdate.documentId, documentId),
				gte(documentUpdate.seq, from),
				lte(documentUpdate.seq, to)
			)
		)
		.orderBy(asc(documentUpdate.seq));
	if (rows.length < to - from + 1 || rows.some(({ erased }) => erased)) {
		throw new Conflict('document_rebuilt');
	}
	const update = Y.mergeUpdates(rows.map((row) => row.update));
	const woven = weave(before, [{ id: 'decision', update }]);
	const numberOf = numberClauses(woven.blocks.map(({ block }) => block));
	return changedBlocks(markedBlocks(woven), numberOf, { prefix: 'change-' });
}
