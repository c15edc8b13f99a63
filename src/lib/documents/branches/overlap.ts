/**
 * Which branches cannot both be accepted without a person deciding. The rule, from what a policy team
 * would want to be asked about:
 *
 * - `both_delete`: both take away some of the same words. Each meant to put its own in their place.
 * - `inside`: one writes, or restyles, in the middle of what the other takes away.
 * - `same_place`: both write where at least one of them takes words away, so that both sets of words
 *   are meant to stand for, or beside, the same ones ("about" before *ten*, and *ten* → "twenty").
 * - `same_words`: both put the same words at the same place. Accepting both would double them.
 * - `order`: written at the same place, and the text would mix the two.
 * - `style`: each would change the marks, or the kind of block, of what the other wrote or marked.
 *
 * Everything else coexists. Different words at the very same place, with nothing taken away there, stand
 * one after the other, each whole, in the order that Yjs gives all copies.
 */
import {
	type Change,
	deletesOf,
	type Hunk,
	insertsAt,
	joined,
	type Range,
	restylesOf
} from './changes.ts';
import { trial } from './trial.ts';
import type { Weave } from './weave.ts';

export type OverlapKind =
	'both_delete' | 'inside' | 'same_place' | 'same_words' | 'order' | 'style';

/** Where and why two branches overlap, in flat indices of the living main text. */
export interface Reason extends Range {
	kind: OverlapKind;
}

/** Two branches that need a person. `from` and `to` span what both change there: show it three ways. */
export interface Pair extends Range {
	a: string;
	b: string;
	reasons: Reason[];
}

/** Which pairs are looked for. */
export interface Sought {
	/** Those of one branch. */
	only?: string;
	/**
	 * No more pairs of two branches that both have as many already. Hundreds that change the same words
	 * all overlap with each other: nobody reads every pair, and each still has some to show.
	 */
	most?: number;
}

/**
 * All pairs that overlap, or those sought. The work grows with the branches and with the places where
 * they touch.
 */
export function overlaps(woven: Weave, { only, most = Infinity }: Sought = {}): Pair[] {
	const partners = new Map<string, number>();
	const full = (id: string) => (partners.get(id) ?? 0) >= most;
	const sides = [...woven.hunks.values()].flat().map(sideOf);
	sides.sort((x, y) => x.hunk.from - y.hunk.from);
	const pairs = new Map<string, Pair>();
	let active: Side[] = [];
	for (const side of sides) {
		active = active.filter(({ hunk }) => hunk.to >= side.hunk.from);
		for (const other of active) {
			const [a, b] = [other.hunk.branchId, side.hunk.branchId];
			if (a === b || (only !== undefined && a !== only && b !== only)) continue;
			if (full(a) && full(b)) continue;
			const reasons = reasonsOf(woven, other, side);
			if (reasons.length === 0 || !notePair(pairs, other.hunk, side.hunk, reasons)) continue;
			for (const id of [a, b]) partners.set(id, (partners.get(id) ?? 0) + 1);
		}
		active.push(side);
	}
	return [...pairs.values()];
}

/** Whether two branches overlap, with the reasons; null when they coexist. */
export function overlapOf(woven: Weave, a: string, b: string): Pair | null {
	const hunks = new Map([a, b].map((id) => [id, woven.hunks.get(id) ?? []]));
	return overlaps({ ...woven, hunks })[0] ?? null;
}

/** A hunk with what every comparison asks of it. */
interface Side {
	hunk: Hunk;
	inserts: number[];
	deletes: Range[];
	restyles: Range[];
	/** What it writes at each place, as a key to compare by. */
	words: Map<number, string>;
}

function sideOf(hunk: Hunk): Side {
	const inserts = [...new Set(insertsAt(hunk))];
	const words = new Map(inserts.map((at) => [at, wordsAt(hunk, at)]));
	return { hunk, inserts, words, deletes: deletesOf(hunk), restyles: restylesOf(hunk) };
}

/** Notes why two hunks overlap; true when it is the first reason of their branches. */
function notePair(pairs: Map<string, Pair>, a: Hunk, b: Hunk, reasons: Reason[]): boolean {
	const [first, second] = a.branchId < b.branchId ? [a, b] : [b, a];
	const key = `${first.branchId} ${second.branchId}`;
	const [from, to] = [Math.min(a.from, b.from), Math.max(a.to, b.to)];
	const pair = pairs.get(key);
	if (!pair) pairs.set(key, { a: first.branchId, b: second.branchId, from, to, reasons });
	else {
		pair.from = Math.min(pair.from, from);
		pair.to = Math.max(pair.to, to);
		pair.reasons.push(...reasons);
	}
	return !pair;
}

function reasonsOf({ course }: Weave, a: Side, b: Side): Reason[] {
	const reasons: Reason[] = [
		...meeting(a.deletes, b.deletes).map((range) => ({ kind: 'both_delete' as const, ...range })),
		...within(a, b),
		...within(b, a)
	];
	const gaps = joined([...a.deletes, ...b.deletes]);
	let shared = false;
	for (const p of a.inserts) {
		for (const q of b.inserts) {
			const gap = gaps.find(({ from, to }) => from <= Math.min(p, q) && Math.max(p, q) <= to);
			if (gap) reasons.push({ kind: 'same_place', ...gap });
			else if (p === q && a.words.get(p) === b.words.get(q)) {
				reasons.push({ kind: 'same_words', from: p, to: q });
			}
			shared ||= p === q;
		}
	}
	if (reasons.length > 0) return unique(reasons);
	if (!shared && !a.hunk.formats && !b.hunk.formats) return [];
	const plain = !a.hunk.formats && !b.hunk.formats;
	const kind = plain ? mixed(a.hunk, b.hunk) : trial(course, a.hunk, b.hunk);
	if (!kind) return [];
	const from = Math.max(a.hunk.from, b.hunk.from);
	return [{ kind, from, to: Math.max(from, Math.min(a.hunk.to, b.hunk.to)) }];
}

/** Whether the text would mix what two hunks without formatting put in at the same place. */
function mixed(a: Hunk, b: Hunk): 'order' | null {
	const meets = a.wrote.some((one) =>
		b.wrote.some(({ at, from, to }) => at === one.at && from <= one.to && one.from <= to)
	);
	return meets ? 'order' : null;
}

/** Places where `a` writes or restyles in what `b` takes away. */
function within(a: Side, b: Side): Reason[] {
	const points = a.inserts.flatMap((at) => {
		const range = b.deletes.find(({ from, to }) => from < at && at < to);
		return range ? [{ kind: 'inside' as const, ...range }] : [];
	});
	const styled = meeting(a.restyles, b.deletes);
	return [...points, ...styled.map((range) => ({ kind: 'inside' as const, ...range }))];
}

/** Where ranges of both lists intersect. */
function meeting(a: Range[], b: Range[]): Range[] {
	return a.flatMap((one) =>
		b.flatMap((other) => {
			const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
			return from < to ? [{ from, to }] : [];
		})
	);
}

/** What a hunk writes at a place. A new block's id says nothing. */
function wordsAt({ changes }: Hunk, at: number): string {
	return JSON.stringify(changes.flatMap((change) => written(change, at)));
}

function written(change: Change, at: number): unknown[] {
	if (change.kind === 'insert' && change.at === at) return [change.spans];
	if (change.kind === 'split' && change.at === at) return [{ ...change.block, id: '' }];
	return [];
}

function unique(reasons: Reason[]): Reason[] {
	const seen = new Map(reasons.map((reason) => [JSON.stringify(reason), reason]));
	return [...seen.values()];
}
