/**
 * Where things are in a long text, without walking it. Yjs keeps a text as a linked list and
 * forgets where it was after every remote change; this remembers a few characters by their Yjs
 * identity with their flat index, and moves those indices along with every change. Work happens
 * in few places at a time, so the next one is almost always a step away from a known one.
 */
import * as Y from 'yjs';
import type { Change } from './change.ts';

/** One remembered character. */
interface Landmark {
	client: number;
	clock: number;
	index: number;
}

/** An item with the flat index of its first position. */
export interface Placed {
	item: Y.Item;
	start: number;
}

/** Whether an item counts, in the state one walks in. */
export type Counts = (item: Y.Item) => boolean;

const MOST = 32;
/** A step this short moves a landmark instead of setting another. */
const NEAR = 500;

export const visible: Counts = (item) => !item.deleted && item.countable;

export class Places {
	private readonly text: Y.Text;
	private readonly near: number;
	private landmarks: Landmark[] = [];

	constructor(text: Y.Text, near = NEAR) {
		this.text = text;
		this.near = near;
	}

	/** The visible item that holds the position at an index, or undefined past the end. */
	at(index: number): Placed | undefined {
		const from = this.nearest(index);
		let { item, start } = from ?? { item: this.text._start, start: 0 };
		while (item && start > index) {
			item = item.left;
			if (item && visible(item)) start -= item.length;
		}
		while (item && (!visible(item) || start + item.length <= index)) {
			if (visible(item)) start += item.length;
			item = item.right;
		}
		if (!item) return undefined;
		this.note(item, index, start);
		return { item, start };
	}

	/**
	 * The flat index of an item, counting what `counts` says; landmarks hold for the state before
	 * the change in which `counts` is asked. Undefined when that would mean a long walk.
	 */
	indexOf(item: Y.Item, counts: Counts, patience = 2000): number | undefined {
		const known = new Map<Y.Item, number>();
		for (const landmark of this.landmarks) {
			const placed = this.resolve(landmark);
			if (placed) known.set(placed.item, placed.start);
		}
		let left: Y.Item | null = item;
		let right: Y.Item | null = item;
		let [before, after] = [0, 0];
		for (let steps = 0; steps < patience; steps++) {
			if (left === null) return before;
			if (known.has(left)) return known.get(left)! + before;
			left = left.left;
			if (left && counts(left)) before += left.length;
			if (!right) continue;
			if (known.has(right)) return known.get(right)! - after;
			if (counts(right)) after += right.length;
			right = right.right;
		}
		return undefined;
	}

	/** Moves what is remembered along with a change. */
	shift(change: Change): void {
		if (this.landmarks.length === 0) return;
		let index = 0;
		for (const op of change) {
			if ('retain' in op) index += op.retain;
			else if ('delete' in op) this.cut(index, op.delete);
			else {
				const length = typeof op.insert === 'string' ? op.insert.length : 1;
				for (const mark of this.landmarks) if (mark.index >= index) mark.index += length;
				index += length;
			}
		}
	}

	/** Remembers the position at an index, which lies in the item that starts at `start`. */
	note(item: Y.Item, index: number, start: number): void {
		const clock = item.id.clock + (index - start);
		const close = this.landmarks.find((mark) => Math.abs(mark.index - index) < this.near);
		if (close) Object.assign(close, { client: item.id.client, clock, index });
		else this.landmarks.push({ client: item.id.client, clock, index });
		if (this.landmarks.length > MOST) this.landmarks.shift();
	}

	clear(): void {
		this.landmarks = [];
	}

	private cut(index: number, length: number): void {
		const end = index + length;
		this.landmarks = this.landmarks.filter((mark) => mark.index < index || mark.index >= end);
		for (const mark of this.landmarks) if (mark.index >= end) mark.index -= length;
	}

	private nearest(index: number): Placed | undefined {
		let best: Landmark | undefined;
		for (const mark of this.landmarks) {
			if (!best || Math.abs(mark.index - index) < Math.abs(best.index - index)) best = mark;
		}
		return best && best.index - index < index ? this.resolve(best) : undefined;
	}

	/** The item a landmark is in now: items merge and split, identities stay. */
	private resolve({ client, clock, index }: Landmark): Placed | undefined {
		const structs = this.text.doc!.store.clients.get(client)!;
		const item = structs[Y.findIndexSS(structs, clock)];
		if (!(item instanceof Y.Item)) return undefined;
		return { item, start: index - (clock - item.id.clock) };
	}
}
