import { fingerprint } from '#lib/documents/render/fingerprint.ts';
import { dialect } from '#lib/server/db/columns.ts';
import type { House } from '#lib/server/house.ts';
import { cellsOf } from './cells.server.ts';
import { ratedKey, type Rated } from './ratings.ts';
import { figuresOf, NO_TALLY, tallyOf, type Cell, type Figures, type Tally } from './tally.ts';
import { passageHash, type LiveText } from './thing.server.ts';

/** The support of everything on a document, by `ratedKey`. */
export type Tallies = ReadonlyMap<string, Tally>;

/** What is kept of one document: exact at once for what happened here, soon for what happened elsewhere. */
interface Kept {
	cells: Map<string, Cell[]>;
	/** When all of it was read; Date.now(). */
	readAt: number;
	/** What was given since. */
	dirty: Map<string, Rated>;
	/** What was added up, by the text it was added up for: that of now, and none. */
	added: Map<'now' | 'none', Added>;
}

interface Added {
	text: string;
	tallies: Map<string, Tally>;
}

/** Another process may have taken support that is not heard of here; SQLite has one process only. */
const FRESH_MS = dialect === 'sqlite' ? Infinity : 5_000;
const MOST_DOCUMENTS = 200;
const memories = new WeakMap<House['bus'], Map<string, Promise<Kept>>>();

/**
 * The support of everything on a document (B7). With `live`, clauses say how much of it was given on
 * an earlier wording; without, nothing is stale.
 */
export async function talliesOn(
	house: House,
	documentId: string,
	live?: LiveText
): Promise<Tallies> {
	const kept = await keptOf(house, documentId);
	const reading = live && (await live.read(documentId));
	const text = reading ? `${reading.epoch}.${reading.seq}` : '';
	const which = reading ? 'now' : 'none';
	const before = kept.added.get(which);
	const tallies = before?.text === text ? before.tallies : new Map<string, Tally>();
	kept.added.set(which, { text, tallies });
	const missing = [...kept.cells].filter(([key, cells]) => cells.length > 0 && !tallies.has(key));
	if (missing.length === 0) return tallies;
	const blocks = new Map(reading?.blocks.map((block) => [block.id, block]));
	for (const [key, cells] of missing) {
		const id = reading && key.startsWith('clause:') ? key.slice('clause:'.length) : undefined;
		const block = id === undefined ? undefined : blocks.get(id);
		const hash = id === undefined ? undefined : block ? passageHash(block) : null;
		tallies.set(key, tallyOf(cells, hash));
	}
	return tallies;
}

/** The support of one thing. */
export async function tallyOn(
	house: House,
	documentId: string,
	rated: Rated,
	live?: LiveText
): Promise<Tally> {
	return (await talliesOn(house, documentId, live)).get(ratedKey(rated)) ?? NO_TALLY;
}

/** What pages show beside every clause: the same for all readers, by block. */
export async function clauseFigures(
	house: House,
	live: LiveText,
	documentId: string
): Promise<Record<string, Figures>> {
	const figures: Record<string, Figures> = {};
	for (const [key, tally] of await talliesOn(house, documentId, live)) {
		if (key.startsWith('clause:')) figures[key.slice('clause:'.length)] = figuresOf(tally);
	}
	return figures;
}

/** Counts that change many times a second are drawn this often, at most. */
const SHOWN_MS = 500;
const shown = new WeakMap<House['bus'], Map<string, Shown>>();

interface Shown {
	at: number;
	text: string;
	clauses: Record<string, Figures>;
	/** Names the figures, so that what was drawn with them is not drawn again. */
	state: string;
}

/** The figures of a text's clauses to be drawn below them, at most half a second old (B7). */
export async function shownFigures(
	house: House,
	live: LiveText,
	documentId: string
): Promise<Pick<Shown, 'clauses' | 'state'>> {
	const memory = shown.get(house.bus) ?? new Map<string, Shown>();
	shown.set(house.bus, memory);
	const { epoch, seq } = await live.read(documentId);
	const text = `${epoch}.${seq}`;
	const known = memory.get(documentId);
	if (known?.text === text && Date.now() - known.at < SHOWN_MS) return known;
	const at = Date.now();
	const clauses = await clauseFigures(house, live, documentId);
	const next = { at, text, clauses, state: fingerprint(JSON.stringify(clauses)) };
	memory.delete(documentId);
	memory.set(documentId, next);
	if (memory.size > MOST_DOCUMENTS) memory.delete(memory.keys().next().value!);
	return next;
}

async function keptOf(house: House, documentId: string): Promise<Kept> {
	const memory = memoryOf(house);
	const known = memory.get(documentId);
	const kept = known && (await known);
	// Somebody else may have begun to read anew while this one waited.
	if (known !== memory.get(documentId)) return keptOf(house, documentId);
	if (!kept || Date.now() - kept.readAt > FRESH_MS) return readAll(house, documentId, memory);
	if (kept.dirty.size === 0) return kept;
	return readDirty(house, documentId, memory, kept);
}

function readDirty(
	house: House,
	documentId: string,
	memory: Map<string, Promise<Kept>>,
	{ cells, readAt, dirty, added }: Kept
): Promise<Kept> {
	const rated = [...dirty.values()];
	return remember(
		memory,
		documentId,
		cellsOf(house, documentId, rated).then((fresh): Kept => {
			const next = new Map([...cells, ...fresh]);
			return { cells: next, readAt, dirty: new Map(), added: without(added, fresh) };
		})
	);
}

/** What was added up, but for what has to be added up again. Whoever holds the old one keeps it as it was. */
function without(added: Kept['added'], fresh: Map<string, Cell[]>): Kept['added'] {
	return new Map(
		[...added].map(([which, { text, tallies }]) => {
			const kept = new Map(tallies);
			for (const key of fresh.keys()) kept.delete(key);
			return [which, { text, tallies: kept }];
		})
	);
}

function readAll(
	house: House,
	documentId: string,
	memory: Map<string, Promise<Kept>>
): Promise<Kept> {
	const readAt = Date.now();
	return remember(
		memory,
		documentId,
		cellsOf(house, documentId).then((cells): Kept => {
			return { cells, readAt, dirty: new Map(), added: new Map() };
		})
	);
}

/** What is being read is kept as a promise, so that what is heard meanwhile is added after it. */
function remember(
	memory: Map<string, Promise<Kept>>,
	documentId: string,
	reading: Promise<Kept>
): Promise<Kept> {
	memory.delete(documentId);
	memory.set(documentId, reading);
	if (memory.size > MOST_DOCUMENTS) memory.delete(memory.keys().next().value!);
	reading.catch(() => memory.get(documentId) === reading && memory.delete(documentId));
	return reading;
}

/** Listens from the first question on; what is decided or merged counts anew. */
function memoryOf(house: House): Map<string, Promise<Kept>> {
	let memory = memories.get(house.bus);
	if (memory) return memory;
	memory = new Map();
	memories.set(house.bus, memory);
	house.bus.on('support', ({ documentId, type, id }) => {
		const rated = { type, id } as Rated;
		void memory.get(documentId)?.then(
			(kept) => kept.dirty.set(ratedKey(rated), rated),
			() => undefined
		);
	});
	for (const name of ['contribution', 'document'] as const) {
		house.bus.on(name, ({ documentId }) => void memory.delete(documentId));
	}
	return memory;
}
