import * as Y from 'yjs';
import { RefusedUpdate } from './refusal.ts';

/** Items that integrating one update may have to look at beyond its own. */
const BUDGET = 50_000;

/** A unit of the text: client and clock. `null` stands for the start or the end of the text. */
interface Unit {
	client: number;
	clock: number;
}

/** A run of units not yet in the document, between two units (or ends) that are. */
interface Run {
	from: number;
	to: number;
	left: Unit | null;
	right: Unit | null;
}

/**
 * Yjs places an item by walking from its left neighbour to its right one, so a crafted update with
 * neighbours at opposite ends of a long text costs structs × items. This walks the same way first,
 * on a budget. Queued updates are not in the document yet: their runs stand in for them.
 */
export class Reach {
	readonly #text: { readonly doc: Y.Doc };
	readonly #queued = new Map<number, Run[]>();
	#own: Run[] = [];
	#client = 0;
	#left = BUDGET;

	constructor(text: { readonly doc: Y.Doc }) {
		this.#text = text;
	}

	get #doc(): Y.Doc {
		return this.#text.doc;
	}

	/** Starts to measure an update of this client. */
	begin(client: number): void {
		this.#own = [];
		this.#client = client;
		this.#left = BUDGET;
	}

	/** Accounts for one part; a client of -1 means "no neighbour on this side". */
	spend(
		clock: number,
		length: number,
		originClient: number,
		originClock: number,
		rightClient: number,
		rightClock: number
	): void {
		const last = this.#own.at(-1);
		// Text that goes on where the part before it ended is placed without a walk.
		if (last && originClient === this.#client && originClock === clock - 1 && last.to === clock) {
			last.to = clock + length;
			return;
		}
		const exact = originClient >= 0 && originClock < Y.getState(this.#doc.store, originClient);
		const left = originClient < 0 ? null : this.#resolve(originClient, originClock, 'left');
		const right = rightClient < 0 ? null : this.#resolve(rightClient, rightClock, 'right');
		this.#walk(left, right, exact);
		this.#own.push({ from: clock, to: clock + length, left, right });
	}

	/** The update just measured was queued: later updates may build on it before it is applied. */
	queue(): void {
		if (this.#own.length === 0) return;
		const before = this.#queued.get(this.#client);
		if (before) before.push(...this.#own);
		else this.#queued.set(this.#client, this.#own);
		this.#own = [];
	}

	/** The queue was applied (or dropped). */
	clear(): void {
		this.#queued.clear();
	}

	#resolve(client: number, clock: number, side: 'left' | 'right'): Unit | null {
		if (clock < Y.getState(this.#doc.store, client)) return { client, clock };
		const own = client === this.#client ? find(this.#own, clock) : undefined;
		const run = own ?? find(this.#queued.get(client) ?? [], clock);
		return run?.[side] ?? null;
	}

	#walk(left: Unit | null, right: Unit | null, exact: boolean): void {
		let item = left ? this.#itemAt(left) : (this.#doc.get('body')._start as Y.Item | null);
		const end = right ? this.#itemAt(right) : null;
		if (item && item === end) return;
		if (item && left) {
			const next = item.right as Y.Item | null;
			// Yjs stops at the first item that was not put at the same place.
			if (exact && !Y.compareIDs(next?.origin ?? null, left as Y.ID)) return;
			item = next;
		}
		for (; item && item !== end; item = item.right as Y.Item | null) {
			if (--this.#left < 0) throw new RefusedUpdate('update_too_costly');
		}
		if (--this.#left < 0) throw new RefusedUpdate('update_too_costly');
	}

	#itemAt(unit: Unit): Y.Item {
		const structs = this.#doc.store.clients.get(unit.client)!;
		return structs[Y.findIndexSS(structs, unit.clock)] as Y.Item;
	}
}

/** The run that holds the clock; runs of one client lie in the order of their clocks. */
function find(runs: Run[], clock: number): Run | undefined {
	let low = 0;
	let high = runs.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		const run = runs[middle]!;
		if (clock < run.from) high = middle - 1;
		else if (clock >= run.to) low = middle + 1;
		else return run;
	}
	return undefined;
}
