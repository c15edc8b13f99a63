import { ByteWriter } from './integers.ts';
import { inOrder } from './order.ts';
import { layoutOf, Parts, type Deletes, type Stretch } from './parts.ts';

/** Parts in one piece: about two milliseconds of building. */
const AT_ONCE = 1_500;

/**
 * A text as the updates it was stored in, put together as bytes: what a client lacks can be answered, and
 * the text be built in small pieces, before (or without) there being a Y.Doc. Throws when the
 * updates do not fit each other exactly; nothing is lost then, it only has to be done the long way.
 */
export class Assembled {
	readonly #stretches = new Map<number, Stretch[]>();
	readonly #deletes = new Map<number, Deletes[]>();

	constructor(updates: Iterable<Uint8Array>) {
		for (const update of updates) this.add(update);
	}

	/** Adds what came after all that is here. */
	add(update: Uint8Array): void {
		const { stretches, deletes } = layoutOf(update);
		for (const stretch of stretches) this.#follow(stretch);
		for (const some of deletes) push(this.#deletes, some.client, some);
	}

	#follow(stretch: Stretch): void {
		const end = this.clockOf(stretch.client);
		if (stretch.end <= end) return;
		const fresh = stretch.clock < end ? after(stretch, end) : stretch;
		if (fresh.clock !== end) throw new Error('an update does not begin where the last one ended');
		push(this.#stretches, stretch.client, fresh);
	}

	/** How many units of this client are here. */
	clockOf(client: number): number {
		return this.#stretches.get(client)?.at(-1)?.end ?? 0;
	}

	/** One update with all that somebody lacks whose text holds so many units of each client. */
	since(vector?: Map<number, number>): Uint8Array {
		const lacking: Stretch[][] = [];
		for (const [client, stretches] of this.#stretches) {
			const known = vector?.get(client) ?? 0;
			const rest = stretches.filter(({ end }) => end > known);
			if (rest.length === 0) continue;
			if (rest[0]!.clock < known) rest[0] = after(rest[0]!, known);
			lacking.push(rest);
		}
		return written(lacking, this.#deletes);
	}

	/**
	 * The same text as a series of updates, each of which needs nothing but those before it; the last
	 * one has the deletions.
	 */
	*pieces(atOnce = AT_ONCE): Generator<Uint8Array> {
		const joined = [...this.#stretches.values()].map((stretches) => one(stretches));
		for (const some of inOrder(joined, atOnce)) yield written(some, NONE);
		if (this.#deletes.size > 0) yield written([], this.#deletes);
	}
}

const NONE = new Map<number, Deletes[]>();

/** What is left of a stretch from the part on that holds the unit at `clock`. */
function after(stretch: Stretch, clock: number): Stretch {
	const parts = new Parts(stretch.data, stretch.from);
	let [at, skipped] = [stretch.clock, 0];
	for (;;) {
		const from = parts.at;
		parts.next();
		if (at + parts.length > clock)
			return { ...stretch, clock: at, from, parts: stretch.parts - skipped };
		at += parts.length;
		skipped += 1;
	}
}

/** Stretches that follow each other as one. */
function one(stretches: Stretch[]): Stretch {
	const first = stretches[0]!;
	if (stretches.length === 1) return first;
	const data = Buffer.concat(stretches.map(({ data, from, to }) => data.subarray(from, to)));
	const parts = stretches.reduce((sum, stretch) => sum + stretch.parts, 0);
	return { ...first, end: stretches.at(-1)!.end, parts, data, from: 0, to: data.length };
}

/** An update of these stretches, those of one client following each other. */
function written(clients: Stretch[][], deletes: Map<number, Deletes[]>): Uint8Array {
	const writer = new ByteWriter();
	writer.integer(clients.length);
	// Yjs writes, and integrates with the least work, from the highest client down.
	for (const stretches of clients.sort(([a], [b]) => b!.client - a!.client)) {
		writer.integer(stretches.reduce((sum, { parts }) => sum + parts, 0));
		writer.integer(stretches[0]!.client);
		writer.integer(stretches[0]!.clock);
		for (const { data, from, to } of stretches) writer.raw(data.subarray(from, to));
	}
	writer.integer(deletes.size);
	for (const [client, some] of [...deletes].sort(([a], [b]) => b - a)) {
		writer.integer(client);
		writer.integer(some.reduce((sum, { ranges }) => sum + ranges, 0));
		for (const { data, from, to } of some) writer.raw(data.subarray(from, to));
	}
	return writer.finish();
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
	const values = map.get(key);
	if (values) values.push(value);
	else map.set(key, [value]);
}
