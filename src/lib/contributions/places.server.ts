import { and, eq, inArray } from 'drizzle-orm';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { House } from '#lib/server/house.ts';
import { resolveAll, type Anchor } from './anchor.ts';
import { SAID_KINDS, type AnchorStatus } from './kinds.ts';
import { placeOf } from './places.ts';
import { contribution } from './schema.server.ts';
import type { Place } from './views.ts';

/** The part of the live engine that this area reads. */
export type LiveText = Pick<LiveEngine, 'read'>;

/** Where each thread of a document sits in its text, and the moment of the text it is true for. */
export interface Places {
	seq: number;
	of: Map<string, Place>;
}

interface Kept {
	anchor: Anchor;
	/** As the row has it, so that it is written again only when it turned. */
	status: AnchorStatus | null;
}

interface Entry {
	epoch: number;
	seq: number;
	kept: Map<string, Kept>;
	places: Map<string, Place>;
}

/** Documents whose places are kept in memory, per house: the most recently asked. */
const MOST_DOCUMENTS = 200;
const caches = new WeakMap<House['store'], Map<string, Entry>>();

/**
 * Looks up where these heads of threads sit now (C12). What was looked up for the same text is not
 * looked up again; a thread whose anchor turned (exact, changed, orphaned) gets its row's cache renewed.
 */
export async function placesOf(
	house: House,
	live: LiveText,
	documentId: string,
	ids: string[]
): Promise<Places> {
	const entry = entryOf(house, documentId);
	await loadAnchors(house, documentId, entry, ids);
	const text = await live.read(documentId);
	// From here to the end of the lookup nothing is awaited, so the text cannot move on meanwhile.
	if (entry.epoch !== text.epoch || entry.seq !== text.seq) {
		entry.places.clear();
		entry.epoch = text.epoch;
		entry.seq = text.seq;
	}
	const missing = ids.filter((id) => !entry.places.has(id) && entry.kept.has(id));
	if (missing.length > 0) {
		const numbers = numberClauses(text.blocks);
		const anchors = missing.map((id) => entry.kept.get(id)!.anchor);
		resolveAll(anchors, text).forEach((resolved, at) => {
			entry.places.set(missing[at]!, placeOf(resolved, text.blocks, numbers));
		});
	}
	const of = new Map(ids.flatMap((id) => [[id, entry.places.get(id)] as const]).filter(isPlaced));
	await renew(house, entry, of, text.seq);
	return { seq: text.seq, of };
}

function entryOf(house: House, documentId: string): Entry {
	const cache = caches.get(house.store) ?? new Map<string, Entry>();
	caches.set(house.store, cache);
	const entry = cache.get(documentId) ?? { epoch: -1, seq: -1, kept: new Map(), places: new Map() };
	cache.delete(documentId);
	cache.set(documentId, entry);
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	return entry;
}

async function loadAnchors(
	house: House,
	documentId: string,
	entry: Entry,
	ids: string[]
): Promise<void> {
	const unknown = ids.filter((id) => !entry.kept.has(id));
	if (unknown.length === 0) return;
	const columns = {
		id: contribution.id,
		anchor: contribution.anchor,
		status: contribution.anchorStatus
	};
	// Many at once are read with the document; naming thousands of ids is more than a query may hold.
	const rows = await house.store.db
		.select(columns)
		.from(contribution)
		.where(
			and(
				eq(contribution.documentId, documentId),
				inArray(contribution.kind, [...SAID_KINDS]),
				unknown.length <= 100 ? inArray(contribution.id, unknown) : undefined
			)
		);
	for (const { id, anchor, status } of rows) {
		if (anchor) entry.kept.set(id, { anchor, status });
	}
}

function isPlaced(pair: readonly [string, Place | undefined]): pair is readonly [string, Place] {
	return pair[1] !== undefined;
}

/** At most this many rows are renewed while somebody waits for a page; the rest at the next reading. */
const MOST_RENEWED = 50;

async function renew(
	house: House,
	entry: Entry,
	places: Map<string, Place>,
	seq: number
): Promise<void> {
	const turned = [...places].filter(([id, place]) => entry.kept.get(id)?.status !== place.status);
	if (turned.length === 0) return;
	try {
		await house.store.transact(async (tx) => {
			for (const [id, { status, from, to }] of turned.slice(0, MOST_RENEWED)) {
				await tx
					.update(contribution)
					.set({ anchorStatus: status, anchorFrom: from, anchorTo: to, anchorSeq: seq })
					.where(eq(contribution.id, id));
				entry.kept.get(id)!.status = status;
			}
		});
	} catch (error) {
		// It is only a cache: a full disk must not keep anybody from reading.
		house.log.warn({ err: error }, 'anchor cache not renewed');
	}
}
