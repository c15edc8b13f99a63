import { alignedText, type Block } from '#lib/documents/text/blocks.ts';
import { commonPairs, type Pair, risingPairs } from './sequence.ts';

/** Blocks with at least half of their words in common are one block that changed. */
const ALIKE = 0.5;
/** Words so many that equal blocks are the same block wherever they stand. */
const UNMISTAKABLE = 5;
const MOST_COMPARED = 60_000;

/**
 * Which block of one text is which of the other: by id, then by equal words, then, between those, by
 * similar words. Sorted by `before`; a block moved when its pair does not rise with the others.
 */
export function alignBlocks(before: Block[], after: Block[]): Pair[] {
	const pairs = byId(before, after);
	add(pairs, byEqualWords(before, after, left(pairs, before, 0), left(pairs, after, 1)));
	add(pairs, inOrder(before, after, left(pairs, before, 0), left(pairs, after, 1)));
	add(pairs, bySimilarity(before, after, pairs));
	return pairs.sort((a, b) => a[0] - b[0]);
}

function add(pairs: Pair[], more: Pair[]): void {
	for (const pair of more) pairs.push(pair);
}

function left(pairs: Pair[], blocks: Block[], side: 0 | 1): number[] {
	const taken = new Set(pairs.map((pair) => pair[side]));
	return blocks.flatMap((_, at) => (taken.has(at) ? [] : [at]));
}

function byId(before: Block[], after: Block[]): Pair[] {
	const places = new Map(after.map(({ id }, at) => [id, at]));
	return before.flatMap(({ id }, at): Pair[] => {
		const place = places.get(id);
		return place === undefined ? [] : [[at, place]];
	});
}

/** Long enough words that stand once in each text. */
function byEqualWords(before: Block[], after: Block[], inA: number[], inB: number[]): Pair[] {
	const [a, b] = [onlyPlaces(before, inA), onlyPlaces(after, inB)];
	return [...a].flatMap(([words, at]): Pair[] => {
		const other = b.get(words);
		if (at < 0 || other === undefined || other < 0) return [];
		return words.split(/\s+/).length >= UNMISTAKABLE ? [[at, other]] : [];
	});
}

function onlyPlaces(blocks: Block[], at: number[]): Map<string, number> {
	const places = new Map<string, number>();
	for (const index of at) {
		const words = keyOf(blocks[index]!);
		places.set(words, places.has(words) ? -1 : index);
	}
	return places;
}

function inOrder(before: Block[], after: Block[], inA: number[], inB: number[]): Pair[] {
	const keys = (blocks: Block[], at: number[]) => at.map((index) => keyOf(blocks[index]!));
	return commonPairs(keys(before, inA), keys(after, inB)).map(([a, b]) => [inA[a]!, inB[b]!]);
}

/** Between neighbours that are settled, the alignment with the most words in common. */
function bySimilarity(before: Block[], after: Block[], settled: Pair[]): Pair[] {
	const rising = risingPairs(settled.toSorted((a, b) => a[0] - b[0]));
	const [takenA, takenB] = [0, 1].map((side) => new Set(settled.map((pair) => pair[side])));
	const found: Pair[] = [];
	let [fromA, fromB] = [0, 0];
	for (const [toA, toB] of [...rising, [before.length, after.length] as Pair]) {
		const freeA = range(fromA, toA).filter((at) => !takenA!.has(at));
		const freeB = range(fromB, toB).filter((at) => !takenB!.has(at));
		if (freeA.length > 0 && freeB.length > 0) add(found, bestPairs(before, after, freeA, freeB));
		[fromA, fromB] = [toA + 1, toB + 1];
	}
	return found;
}

function bestPairs(before: Block[], after: Block[], inA: number[], inB: number[]): Pair[] {
	if (inA.length * inB.length > MOST_COMPARED) return [];
	const [bagsA, bagsB] = [inA.map((at) => bagOf(before[at]!)), inB.map((at) => bagOf(after[at]!))];
	const width = inB.length + 1;
	const alike = new Float32Array(inA.length * width);
	const best = new Float32Array((inA.length + 1) * width);
	for (let i = inA.length - 1; i >= 0; i--) {
		for (let j = inB.length - 1; j >= 0; j--) {
			const score = likeness(bagsA[i]!, bagsB[j]!);
			const here = i * width + j;
			alike[here] = score >= ALIKE ? score : 0;
			const paired = alike[here] > 0 ? alike[here] + best[here + width + 1]! : 0;
			best[here] = Math.max(paired, best[here + width]!, best[here + 1]!);
		}
	}
	const pairs: Pair[] = [];
	for (let i = 0, j = 0; i < inA.length && j < inB.length;) {
		const here = i * width + j;
		const paired = alike[here]! > 0 && best[here]! <= alike[here]! + best[here + width + 1]! + 1e-4;
		if (paired) pairs.push([inA[i++]!, inB[j++]!]);
		else if (best[here + width]! >= best[here + 1]!) i++;
		else j++;
	}
	return pairs;
}

interface Bag {
	size: number;
	words: Map<string, number>;
}

function bagOf(block: Block): Bag {
	const words = new Map<string, number>();
	const all =
		keyOf(block)
			.toLowerCase()
			.match(/[\p{L}\p{N}]+/gu) ?? [];
	for (const word of all) words.set(word, (words.get(word) ?? 0) + 1);
	return { size: all.length, words };
}

/** 0 to 1: the share of words that two blocks have in common. */
function likeness(a: Bag, b: Bag): number {
	const most = Math.min(a.size, b.size);
	if (most === 0 || (2 * most) / (a.size + b.size) < ALIKE) return 0;
	let shared = 0;
	for (const [word, count] of a.words) shared += Math.min(count, b.words.get(word) ?? 0);
	return (2 * shared) / (a.size + b.size);
}

function keyOf(block: Block): string {
	return alignedText(block).replace(/\s+/g, ' ').trim();
}

function range(from: number, to: number): number[] {
	return Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
}
