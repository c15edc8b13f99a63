/**
 * Sets of Yjs ids. Every character, embed and formatting boundary of a text has one, a client and a
 * clock, for life; so a set of ids says exactly which words are meant, wherever they stand now.
 */

/** Clocks of one client, `to` not included. */
export interface Clocks {
	from: number;
	to: number;
}

/** Ranges per client, sorted, apart from each other. */
export type IdSet = Map<number, Clocks[]>;

/** Adds a range to a set that is being built; `sorted` puts the set in order afterwards. */
export function addIds(set: IdSet, client: number, from: number, to: number): void {
	if (from >= to) return;
	const ranges = set.get(client);
	const last = ranges?.at(-1);
	if (last && last.to === from) last.to = to;
	else if (ranges) ranges.push({ from, to });
	else set.set(client, [{ from, to }]);
}

/** The set with its ranges in order and joined where they meet. */
export function sorted(set: IdSet): IdSet {
	const out: IdSet = new Map();
	for (const [client, ranges] of set) {
		const joined: Clocks[] = [];
		for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
			const last = joined.at(-1);
			if (last && from <= last.to) last.to = Math.max(last.to, to);
			else joined.push({ from, to });
		}
		if (joined.length > 0) out.set(client, joined);
	}
	return out;
}

/** All ids of both sets. */
export function union(a: IdSet, b: IdSet): IdSet {
	const all: IdSet = new Map();
	for (const set of [a, b]) {
		for (const [client, ranges] of set) {
			all.set(client, (all.get(client) ?? []).concat(ranges));
		}
	}
	return sorted(all);
}

/** The ids of `a` that are not in `b`. */
export function without(a: IdSet, b: IdSet): IdSet {
	const out: IdSet = new Map();
	for (const [client, ranges] of a) {
		const holes = b.get(client) ?? [];
		for (const range of ranges) {
			let from = range.from;
			for (let at = firstEndingAfter(holes, from); at < holes.length; at++) {
				const hole = holes[at]!;
				if (hole.from >= range.to) break;
				addIds(out, client, from, hole.from);
				from = hole.to;
			}
			addIds(out, client, from, range.to);
		}
	}
	return out;
}

/** The ids in both sets. */
export function common(a: IdSet, b: IdSet): IdSet {
	return without(a, without(a, b));
}

/** How many ids a set holds. */
export function countIds(set: IdSet): number {
	let count = 0;
	for (const ranges of set.values()) for (const { from, to } of ranges) count += to - from;
	return count;
}

/** The index of the first range, in order, that ends after a clock. */
export function firstEndingAfter(ranges: readonly Clocks[], clock: number): number {
	let [low, high] = [0, ranges.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (ranges[middle]!.to <= clock) low = middle + 1;
		else high = middle;
	}
	return low;
}
