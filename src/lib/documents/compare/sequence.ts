/**
 * What two sequences have in common, in order. Exact where they differ little; where they differ a
 * lot the work is bounded by splitting at items that occur once in both.
 */
export type Pair = [before: number, after: number];

/** Beyond so many differences a stretch is split or given up. */
const MOST_EDITS = 300;

/** Pairs of equal items, rising in both sequences. */
export function commonPairs(a: string[], b: string[]): Pair[] {
	return between(a, b, 0, a.length, 0, b.length, true);
}

function between(
	a: string[],
	b: string[],
	fromA: number,
	toA: number,
	fromB: number,
	toB: number,
	maySplit: boolean
): Pair[] {
	const head: Pair[] = [];
	const tail: Pair[] = [];
	while (fromA < toA && fromB < toB && a[fromA] === b[fromB]) head.push([fromA++, fromB++]);
	while (fromA < toA && fromB < toB && a[toA - 1] === b[toB - 1]) tail.push([--toA, --toB]);
	tail.reverse();
	if (fromA === toA || fromB === toB) return [...head, ...tail];
	const exact = shortestEdits(a, b, fromA, toA, fromB, toB);
	if (exact) return [...head, ...exact, ...tail];
	if (!maySplit) return [...head, ...tail];
	const middle: Pair[] = [];
	for (const [nextA, nextB] of [...uniquePairs(a, b, fromA, toA, fromB, toB), [toA, toB] as Pair]) {
		for (const pair of between(a, b, fromA, nextA, fromB, nextB, false)) middle.push(pair);
		if (nextA < toA) middle.push([nextA, nextB]);
		[fromA, fromB] = [nextA + 1, nextB + 1];
	}
	return [...head, ...middle, ...tail];
}

/** Myers' greedy search for the fewest insertions and deletions; null beyond `MOST_EDITS`. */
function shortestEdits(
	a: string[],
	b: string[],
	fromA: number,
	toA: number,
	fromB: number,
	toB: number
): Pair[] | null {
	const [n, m] = [toA - fromA, toB - fromB];
	const most = Math.min(MOST_EDITS, n + m);
	const offset = most + 1;
	const reached = new Int32Array(2 * most + 3);
	const history: Int32Array[] = [];
	for (let edits = 0; edits <= most; edits++) {
		history.push(reached.slice());
		for (let k = -edits; k <= edits; k += 2) {
			const down =
				k === -edits || (k !== edits && reached[offset + k - 1]! < reached[offset + k + 1]!);
			let x = down ? reached[offset + k + 1]! : reached[offset + k - 1]! + 1;
			while (x < n && x - k < m && a[fromA + x] === b[fromB + x - k]) x++;
			reached[offset + k] = x;
			if (x >= n && x - k >= m) return traced(history, edits, k, x, fromA, fromB, offset);
		}
	}
	return null;
}

function traced(
	history: Int32Array[],
	edits: number,
	k: number,
	x: number,
	fromA: number,
	fromB: number,
	offset: number
): Pair[] {
	const pairs: Pair[] = [];
	for (let step = edits; step >= 0; step--) {
		const before = history[step]!;
		const down = k === -step || (k !== step && before[offset + k - 1]! < before[offset + k + 1]!);
		const previous = down ? k + 1 : k - 1;
		const start = step === 0 ? 0 : before[offset + previous]! + (down ? 0 : 1);
		while (x > start) {
			x--;
			pairs.push([fromA + x, fromB + x - k]);
		}
		if (step > 0) {
			x = before[offset + previous]!;
			k = previous;
		}
	}
	return pairs.reverse();
}

/** Items that occur exactly once in each stretch, as the longest run that rises in both. */
function uniquePairs(
	a: string[],
	b: string[],
	fromA: number,
	toA: number,
	fromB: number,
	toB: number
): Pair[] {
	const inA = places(a, fromA, toA);
	const inB = places(b, fromB, toB);
	const pairs: Pair[] = [];
	for (const [item, at] of inA) {
		const other = inB.get(item);
		if (at >= 0 && other !== undefined && other >= 0) pairs.push([at, other]);
	}
	return risingPairs(pairs.sort((x, y) => x[0] - y[0]));
}

/** The place of each item that occurs once; -1 for those that occur again. */
function places(items: string[], from: number, to: number): Map<string, number> {
	const found = new Map<string, number>();
	for (let at = from; at < to; at++) found.set(items[at]!, found.has(items[at]!) ? -1 : at);
	return found;
}

/** Of pairs sorted by `before`, the most that also rise in `after`. */
export function risingPairs(pairs: Pair[]): Pair[] {
	const ends: number[] = [];
	const previous: number[] = [];
	for (const [at, [, after]] of pairs.entries()) {
		let [low, high] = [0, ends.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (pairs[ends[middle]!]![1] < after) low = middle + 1;
			else high = middle;
		}
		previous[at] = low > 0 ? ends[low - 1]! : -1;
		ends[low] = at;
	}
	const rising: Pair[] = [];
	for (let at = ends.at(-1) ?? -1; at >= 0; at = previous[at]!) rising.push(pairs[at]!);
	return rising.reverse();
}
