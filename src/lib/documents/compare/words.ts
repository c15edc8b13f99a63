import type { Block, Span } from '#lib/documents/text/blocks.ts';
import { commonPairs } from './sequence.ts';
import { spansBetween, type Token, tokensOf } from './tokens.ts';

/** A stretch of a compared block. Deletions hold what was there, the others what is there now. */
export interface Part {
	op: 'equal' | 'ins' | 'del';
	/** One U+FFFC for each embed. */
	text: string;
	spans: Span[];
}

interface Stretch {
	op: Part['op'];
	/** Token ranges in the old and the new block; the one that does not apply is empty. */
	a: [number, number];
	b: [number, number];
}

/** What changed inside a block, word by word: deletions before insertions, few and readable. */
export function compareWords(before: Pick<Block, 'spans'>, after: Pick<Block, 'spans'>): Part[] {
	const [a, b] = [tokensOf(before), tokensOf(after)];
	const pairs = commonPairs(
		a.map(({ key }) => key),
		b.map(({ key }) => key)
	);
	const stretches = merged(stretchesOf(pairs, a.length, b.length), a);
	return stretches.flatMap((stretch): Part[] => {
		const kept = stretch.op === 'del' ? partOf('del', before, a, stretch.a) : null;
		return kept ? [kept] : [partOf(stretch.op, after, b, stretch.b)];
	});
}

/** A whole block as one part. */
export function wholePart(op: Part['op'], { spans }: Pick<Block, 'spans'>): Part[] {
	return spans.length === 0 ? [] : [{ op, text: textOf(spans), spans }];
}

function partOf(
	op: Part['op'],
	{ spans }: Pick<Block, 'spans'>,
	tokens: Token[],
	[from, to]: [number, number]
): Part {
	const cut = spansBetween(spans, tokens[from]!.from, tokens[to - 1]!.to);
	return { op, text: textOf(cut), spans: cut };
}

function textOf(spans: Span[]): string {
	return spans.map((span) => ('text' in span ? span.text : '\uFFFC')).join('');
}

/** Equal stretches and what lies between them. */
function stretchesOf(pairs: Array<[number, number]>, lengthA: number, lengthB: number): Stretch[] {
	const stretches: Stretch[] = [];
	let [atA, atB] = [0, 0];
	for (const [a, b] of [...pairs, [lengthA, lengthB] as [number, number]]) {
		if (a > atA) stretches.push({ op: 'del', a: [atA, a], b: [atB, atB] });
		if (b > atB) stretches.push({ op: 'ins', a: [a, a], b: [atB, b] });
		if (a === lengthA && b === lengthB) break;
		const last = stretches.at(-1);
		if (last?.op === 'equal' && last.a[1] === a) [last.a[1], last.b[1]] = [a + 1, b + 1];
		else stretches.push({ op: 'equal', a: [a, a + 1], b: [b, b + 1] });
		[atA, atB] = [a + 1, b + 1];
	}
	return stretches;
}

/**
 * Words kept between two changes are only worth showing as kept when they are more than the changes
 * around them; otherwise the reader sees confetti. Such stretches join the changes.
 */
function merged(stretches: Stretch[], a: Token[]): Stretch[] {
	let current = joined(stretches);
	for (let round = 0; round < 4; round++) {
		const weights = current.map((one) => weightOf(one, a));
		const next = current.map((one, at) => {
			if (one.op !== 'equal' || at === 0 || at === current.length - 1) return one;
			const around = Math.min(
				changeWeight(current, weights, at, -1),
				changeWeight(current, weights, at, 1)
			);
			const small = weights[at] === 0 || (weights[at]! <= 2 && weights[at]! < around);
			return small ? null : one;
		});
		if (!next.includes(null)) break;
		current = joined(
			next.flatMap((one, at): Stretch[] => {
				if (one) return [one];
				const {
					a: [fromA, toA],
					b: [fromB, toB]
				} = current[at]!;
				return [
					{ op: 'del', a: [fromA, toA], b: [fromB, fromB] },
					{ op: 'ins', a: [toA, toA], b: [fromB, toB] }
				];
			})
		);
	}
	return current;
}

/** Words in the changes directly before or after a stretch. */
function changeWeight(all: Stretch[], weights: number[], at: number, step: 1 | -1): number {
	let weight = 0;
	for (let near = at + step; all[near] && all[near]!.op !== 'equal'; near += step) {
		weight = Math.max(weight, weights[near]!);
	}
	return weight;
}

function weightOf({ op, a: [fromA, toA], b: [fromB, toB] }: Stretch, a: Token[]): number {
	if (op === 'ins') return Math.ceil((toB - fromB) / 2);
	return a.slice(fromA, toA).filter(({ isWord }) => isWord).length;
}

/** Neighbouring changes as one deletion followed by one insertion. */
function joined(stretches: Stretch[]): Stretch[] {
	const out: Stretch[] = [];
	for (let at = 0; at < stretches.length;) {
		const first = stretches[at]!;
		if (first.op === 'equal') {
			out.push(first);
			at++;
			continue;
		}
		let last = first;
		for (; stretches[at] && stretches[at]!.op !== 'equal'; at++) last = stretches[at]!;
		const [fromA, toA, fromB, toB] = [first.a[0], last.a[1], first.b[0], last.b[1]];
		if (toA > fromA) out.push({ op: 'del', a: [fromA, toA], b: [fromB, fromB] });
		if (toB > fromB) out.push({ op: 'ins', a: [toA, toA], b: [fromB, toB] });
	}
	return out;
}
