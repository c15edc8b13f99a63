/** What a person did in the editor, as operations on the flat text. */
import type { Mark, Node } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import { sameBlock, TOGGLES, writeEmbed } from '../text/blocks.ts';
import { type Attributes, type Change, ChangeWriter } from '../text/change.ts';
import { align } from './align.ts';
import { attrsOf, marksOf } from './convert.ts';
import { flatLength, indexAt, placeAt } from './flat.ts';
import { changedRanges, type Range, wholePairs } from './ranges.ts';
import { endAttrs, type Stretch, stretchOf } from './stretch.ts';

/**
 * The operations that bring the flat text from `before` to where the transactions led. Reads
 * only the blocks they touched, so the cost of a keystroke does not grow with the document.
 */
export function localChange(before: Node, transactions: readonly Transaction[]): Change {
	const edited = transactions.filter((tr) => tr.docChanged);
	const after = edited.at(-1)?.doc;
	if (!after) return [];
	const ranges = changedRanges(edited).map((range) => wholePairs(range, before, after));
	return new Local(before, after).write(inFlatOrder(ranges, before, after));
}

/** A range with its flat indices. */
interface FlatRange extends Range {
	index: number;
	indexTo: number;
	newIndex: number;
	newIndexTo: number;
}

/** Adds flat indices and joins ranges that only block boundaries kept apart. */
function inFlatOrder(ranges: Range[], before: Node, after: Node): FlatRange[] {
	const flat: FlatRange[] = [];
	for (const range of ranges) {
		const next = {
			...range,
			index: indexAt(before, range.from),
			indexTo: indexAt(before, range.to),
			newIndex: indexAt(after, range.newFrom),
			newIndexTo: indexAt(after, range.newTo)
		};
		if (next.index < next.indexTo && next.newIndex === next.newIndexTo && atEnd(before, next)) {
			// The final line-end stays: what goes instead is the line-end before the deleted blocks.
			for (const key of ['from', 'newFrom', 'index', 'newIndex'] as const) next[key]--;
		}
		const last = flat.at(-1);
		if (last && next.index <= last.indexTo) {
			const { to, newTo, indexTo, newIndexTo } = next;
			Object.assign(last, { to, newTo, indexTo, newIndexTo });
		} else flat.push(next);
	}
	return flat;
}

const atEnd = (doc: Node, { indexTo }: FlatRange) => indexTo === flatLength(doc);

class Local {
	private readonly before: Node;
	private readonly after: Node;
	private readonly out = new ChangeWriter();
	/** The old index up to which operations are written, and the same place in the new text. */
	private index = 0;
	private newIndex = 0;

	constructor(before: Node, after: Node) {
		this.before = before;
		this.after = after;
	}

	write(ranges: FlatRange[]): Change {
		ranges.forEach((range, i) => {
			const room = (ranges[i + 1]?.index ?? Infinity) - range.indexTo;
			this.keepTo(range.index);
			this.stretch(this.withLineEnd(range, room));
			this.lineEnd(ranges[i + 1]?.index ?? Infinity);
		});
		return this.out.finish();
	}

	private keepTo(index: number): void {
		this.out.retain(index - this.index);
		this.newIndex += index - this.index;
		this.index = index;
	}

	/**
	 * A range that stops right before a line-end takes it in, so that the line-end can stay with
	 * the block that keeps its id: Enter at the end of a block adds one after it.
	 */
	private withLineEnd(range: FlatRange, room: number): FlatRange {
		const $to = this.before.resolve(range.to);
		if (room < 1 || $to.depth === 0 || $to.parentOffset < $to.parent.content.size) return range;
		return {
			...range,
			to: $to.after(1),
			newTo: this.after.resolve(range.newTo).after(1),
			indexTo: range.indexTo + 1,
			newIndexTo: range.newIndexTo + 1
		};
	}

	private stretch(range: FlatRange): void {
		const old = stretchOf(this.before, range.from, range.to);
		const now = stretchOf(this.after, range.newFrom, range.newTo);
		const final = atEnd(this.before, range) && old.text.length > 0;
		let [from, newFrom] = [0, 0];
		for (const edit of align(old, now, final)) {
			this.keep(old, from, edit.from, now, newFrom);
			this.out.delete(edit.to - edit.from);
			this.insert(now, edit.newFrom, edit.newTo);
			[from, newFrom] = [edit.to, edit.newTo];
		}
		this.keep(old, from, old.text.length, now, newFrom);
		this.index = range.indexTo;
		this.newIndex = range.newIndexTo;
	}

	/** Keeps tokens, formatting those whose attributes changed. */
	private keep(old: Stretch, from: number, to: number, now: Stretch, newFrom: number): void {
		for (let at = from; at < to;) {
			const newAt = at - from + newFrom;
			const [was, is] = [runAt(old, at), runAt(now, newAt)];
			const length = Math.min(to - at, was.end - at, is.end - newAt);
			const ended = old.ends.has(at);
			this.out.retain(
				length,
				ended
					? endDifference(old.ends.get(at)!, now.ends.get(newAt)!)
					: markDifference(was.marks, is.marks)
			);
			at += length;
		}
	}

	private insert(now: Stretch, from: number, to: number): void {
		for (let at = from; at < to;) {
			const run = runAt(now, at);
			const end = Math.min(run.end, to);
			const embed = now.embeds.get(at);
			if (now.ends.has(at)) this.out.insert('\n', new Map([['block', endAttrs(now, at)]]));
			else {
				const value = embed ? writeEmbed(embed) : now.text.slice(at, end);
				this.out.insert(value, new Map(Object.entries(marksOf(run.marks))));
			}
			at = end;
		}
	}

	/** The line-end of the block the last range stopped in, unless the next range covers it. */
	private lineEnd(nextIndex: number): void {
		if (this.index >= flatLength(this.before)) return;
		const old = placeAt(this.before, this.index);
		const node = this.before.child(old.block);
		const end = old.start + node.content.size;
		if (nextIndex <= end) return;
		const now = placeAt(this.after, this.newIndex);
		const difference = endDifference(node, this.after.child(now.block));
		if (!difference) return;
		this.keepTo(end);
		this.out.retain(1, difference);
		this.index++;
		this.newIndex++;
	}
}

/** The run of equal marks an offset lies in, and where it ends. */
function runAt(stretch: Stretch, at: number): { marks: readonly Mark[]; end: number } {
	const { runs } = stretch;
	let [low, high] = [0, runs.length - 1];
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (runs[middle]!.at <= at) low = middle;
		else high = middle - 1;
	}
	return { marks: runs[low]!.marks, end: runs[low + 1]?.at ?? stretch.text.length };
}

function endDifference(old: Node, now: Node): Attributes | undefined {
	if (old === now) return undefined;
	const [was, is] = [attrsOf(old), attrsOf(now)];
	return sameBlock(was, is) ? undefined : { block: is };
}

function markDifference(old: readonly Mark[], now: readonly Mark[]): Attributes | undefined {
	if (old === now) return undefined;
	const [was, is] = [marksOf(old), marksOf(now)];
	const difference: Attributes = {};
	for (const name of [...TOGGLES, 'link'] as const) {
		if (was[name] !== is[name]) difference[name] = is[name] ?? null;
	}
	return Object.keys(difference).length > 0 ? difference : undefined;
}
