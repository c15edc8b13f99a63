/** The suggestions on a text as pages show them: read once per change of either, however many ask. */
import { and, asc, eq, gt, lte } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import type { LiveEngine } from '../live/engine.server.ts';
import { documentUpdate } from '../live/schema.server.ts';
import type { Block } from '../text/blocks.ts';
import { readerFor } from './readers.server.ts';
import type { Shown } from './shown.ts';
import type { Suggested } from './strands.ts';

/** The open suggestions of a document. `stamp` differs whenever the set does. */
export interface OpenSet {
	stamp: string;
	branches: Suggested[];
}

/** Suggestions on one state of the text, with that text: what is drawn from both fits together. */
export interface ShownText extends Shown {
	epoch: number;
	seq: number;
	/** The whole text as it was read. */
	text: Block[];
}

/** While people type, pages get what is at most this old; a new or decided suggestion shows at once. */
const LATEST_MS = 3_000;
/** Reading again takes no more than this share of the time. */
const SHARE = 4;
const MOST_DOCUMENTS = 50;

interface Entry {
	stamp: string;
	shown: ShownText | null;
	at: number;
	took: number;
	running: Promise<ShownText> | null;
}

type Live = Pick<LiveEngine, 'read' | 'stateOf'>;
const caches = new WeakMap<House['store'], Map<string, Entry>>();

/** The open suggestions of a document, read together on its living text. */
export async function shownOn(
	house: House,
	live: Live,
	documentId: string,
	open: OpenSet
): Promise<ShownText> {
	const entry = entryOf(house, documentId);
	const { epoch, seq } = await live.read(documentId);
	const { shown } = entry;
	if (shown && entry.stamp === open.stamp && shown.epoch === epoch) {
		if (shown.seq === seq) return shown;
		const age = performance.now() - entry.at;
		if (age < LATEST_MS) {
			if (age > SHARE * entry.took) void again(house, live, documentId, open, entry).catch(noted);
			return shown;
		}
	}
	return again(house, live, documentId, open, entry);

	function noted(error: unknown): void {
		house.log.error({ err: error, documentId }, 'suggestions were not read');
	}
}

function entryOf(house: House, documentId: string): Entry {
	const cache = caches.get(house.store) ?? new Map<string, Entry>();
	caches.set(house.store, cache);
	const entry = cache.get(documentId) ?? { stamp: '', shown: null, at: 0, took: 0, running: null };
	cache.delete(documentId);
	cache.set(documentId, entry);
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	return entry;
}

/** Reads again, one reading at a time; whoever asks for the same set meanwhile gets the same. */
async function again(
	house: House,
	live: Live,
	documentId: string,
	open: OpenSet,
	entry: Entry
): Promise<ShownText> {
	while (entry.running) {
		const before = await entry.running.catch(() => null);
		if (before && entry.stamp === open.stamp) return before;
	}
	const started = performance.now();
	entry.running = read(house, live, documentId, open)
		.then((shown) => {
			Object.assign(entry, { shown, stamp: open.stamp, at: performance.now() });
			entry.took = entry.at - started;
			return shown;
		})
		.finally(() => (entry.running = null));
	return entry.running;
}

async function read(
	house: House,
	live: Live,
	documentId: string,
	{ branches }: OpenSet
): Promise<ShownText> {
	const [main, text] = await sameMoment(live, documentId);
	const { epoch, seq } = main;
	if (branches.length === 0) return { ...NOTHING, epoch, seq, text: text.blocks };
	const reader = readerFor(branches.length, main.bytes.length);
	const after = Math.min(...branches.map((one) => one.seq ?? seq));
	const lacks = reader.lacks(documentId, after);
	const rows = await house.store.db
		.select({ seq: documentUpdate.seq, update: documentUpdate.update })
		.from(documentUpdate)
		.where(
			and(
				eq(documentUpdate.documentId, documentId),
				eq(documentUpdate.epoch, epoch),
				gt(documentUpdate.seq, lacks),
				lte(documentUpdate.seq, seq)
			)
		)
		.orderBy(asc(documentUpdate.seq));
	const shown = await reader.read(
		{ documentId, state: main.bytes, branches, rows },
		{ after, to: seq }
	);
	return { ...shown, epoch, seq, text: text.blocks };
}

const NOTHING: Shown = {
	blocks: [],
	byBlock: new Map(),
	overlaps: [],
	stale: [],
	outOfPlace: []
};

/** The state and the blocks of one row. */
async function sameMoment(live: Live, documentId: string) {
	for (;;) {
		const text = await live.read(documentId);
		const main = await live.stateOf(documentId);
		if (main.seq === text.seq && main.epoch === text.epoch) return [main, text] as const;
	}
}
