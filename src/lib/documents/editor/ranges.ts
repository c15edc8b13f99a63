/** Which parts of a document a group of transactions touched. */
import type { Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { Mapping, type Step } from 'prosemirror-transform';

/** One changed stretch, as ProseMirror positions before and after. Outside them nothing changed. */
export interface Range {
	from: number;
	to: number;
	newFrom: number;
	newTo: number;
}

/** The changed stretches, in order, none touching the next. */
export function changedRanges(transactions: readonly Transaction[]): Range[] {
	const steps = transactions.flatMap((tr) => tr.steps);
	const maps = steps.map((step) => step.getMap());
	const ranges: Range[] = [];
	steps.forEach((step, i) => {
		const before = new Mapping(
			maps
				.slice(0, i)
				.map((map) => map.invert())
				.reverse()
		);
		const after = new Mapping(maps.slice(i + 1));
		for (const [from, to, newFrom, newTo] of touched(step)) {
			ranges.push({
				from: before.map(from, -1),
				to: before.map(to, 1),
				newFrom: after.map(newFrom, -1),
				newTo: after.map(newTo, 1)
			});
		}
	});
	return merge(ranges);
}

/** What one step touches: its replaced ranges, or for marks and attributes the nodes it names. */
function touched(step: Step): Array<[number, number, number, number]> {
	const found: Array<[number, number, number, number]> = [];
	step.getMap().forEach((from, to, newFrom, newTo) => found.push([from, to, newFrom, newTo]));
	if (found.length > 0) return found;
	const { from, to, pos } = step as { from?: number; to?: number; pos?: number };
	if (from !== undefined && to !== undefined) return [[from, to, from, to]];
	return pos !== undefined ? [[pos, pos + 1, pos, pos + 1]] : [];
}

function merge(ranges: Range[]): Range[] {
	const merged: Range[] = [];
	for (const range of ranges.sort((a, b) => a.from - b.from || a.newFrom - b.newFrom)) {
		const last = merged.at(-1);
		if (!last || (range.from > last.to && range.newFrom > last.newTo)) {
			merged.push(range);
			continue;
		}
		last.to = Math.max(last.to, range.to);
		last.newFrom = Math.min(last.newFrom, range.newFrom);
		last.newTo = Math.max(last.newTo, range.newTo);
	}
	return merged;
}

/**
 * Widens a range by the half of a surrogate pair that lies outside it: a pair is written and
 * deleted as a whole, because Yjs replaces a half on its own with U+FFFD.
 */
export function wholePairs(range: Range, before: Node, after: Node): Range {
	const left = isHigh(unitAt(before, range.from - 1)) || isHigh(unitAt(after, range.newFrom - 1));
	const right = isLow(unitAt(before, range.to)) || isLow(unitAt(after, range.newTo));
	return {
		from: range.from - Number(left),
		newFrom: range.newFrom - Number(left),
		to: range.to + Number(right),
		newTo: range.newTo + Number(right)
	};
}

export const isHigh = (unit: number) => unit >= 0xd800 && unit < 0xdc00;
export const isLow = (unit: number) => unit >= 0xdc00 && unit < 0xe000;

/** The UTF-16 unit right after a position, or -1 where there is no text. */
export function unitAt(doc: Node, pos: number): number {
	if (pos < 0 || pos >= doc.content.size) return -1;
	const $pos = doc.resolve(pos);
	const node = $pos.parent.isTextblock ? $pos.parent.nodeAt($pos.parentOffset) : null;
	if (!node?.isText) return -1;
	return node.text!.charCodeAt($pos.textOffset);
}
