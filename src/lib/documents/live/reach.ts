import * as Y from 'yjs';
import { RefusedUpdate } from './refusal.ts';

/** Items that integrating one update may have to look at beyond its own. */
const BUDGET = 50_000;
/** Looking whether two neighbours are in order costs only a step from item to item. */
const STEP = 1 / 8;

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
	/** The neighbours it was put between, as its author names them. */
	before: Unit | null;
	after: Unit | null;
}

/**
 * Yjs places an item by walking from its left neighbour to its right one, so a crafted update with
 * neighbours at opposite ends of a long text costs structs × items. This walks the same way first,
 * on a budget. Queued updates are not in the document yet: their runs stand in for them.
 *
 * On the way it sees that the left neighbour comes before the right one. Yjs takes them the wrong way round
 * too, but then puts the item elsewhere for everybody who receives it in another order: the texts part.
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
		const before = originClient < 0 ? null : { client: originClient, clock: originClock };
		const after = rightClient < 0 ? null : { client: rightClient, clock: rightClock };
		const last = this.#own.at(-1);
		// Text that goes on where the part before it ended is placed without a walk.
		const goesOn = last?.to === clock && isSame(before, { client: this.#client, clock: clock - 1 });
		if (goesOn && isSame(last.after, after)) {
			last.to = clock + length;
			return;
		}
		if (before && after && !this.#isBeside(before, after))
			throw new RefusedUpdate('update_crossed');
		const left = before && this.#resolve(before, 'left');
		const right = after && this.#resolve(after, 'right');
		this.#walk(left, right, before !== null && this.#isApplied(before));
		this.#own.push({ from: clock, to: clock + length, left, right, before, after });
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

	#isApplied({ client, clock }: Unit): boolean {
		return clock < Y.getState(this.#doc.store, client);
	}

	#runOf({ client, clock }: Unit): Run | undefined {
		const own = client === this.#client ? find(this.#own, clock) : undefined;
		return own ?? find(this.#queued.get(client) ?? [], clock);
	}

	#resolve(unit: Unit, side: 'left' | 'right'): Unit | null {
		return this.#isApplied(unit) ? unit : (this.#runOf(unit)?.[side] ?? null);
	}

	/**
	 * Whether two units of one client may have stood beside each other. Where the text cannot tell yet,
	 * the later one says so: one page put them both where they are, so nothing came between them.
	 */
	#isBeside(left: Unit, right: Unit): boolean {
		if (left.client !== right.client) return true;
		const later = left.clock < right.clock ? right : left;
		if (this.#isApplied(later)) return true;
		const run = this.#runOf(later);
		if (!run) return true;
		if (later === left) return left.clock === run.to - 1 && isSame(run.after, right);
		return right.clock === run.from ? isSame(run.before, left) : right.clock === left.clock + 1;
	}

	#walk(left: Unit | null, right: Unit | null, exact: boolean): void {
		let item = left ? this.#itemAt(left) : (this.#doc.get('body')._start as Y.Item | null);
		const end = right ? this.#itemAt(right) : null;
		if (item && item === end) {
			if (left && right && left.clock >= right.clock) throw new RefusedUpdate('update_crossed');
			return;
		}
		let cost = 1;
		if (item && left) {
			const next = item.right as Y.Item | null;
			// Yjs stops at the first item that was not put at the same place.
			if (exact && !Y.compareIDs(next?.origin ?? null, left as Y.ID)) {
				if (!end) return;
				cost = STEP;
			}
			item = next;
		}
		for (; item && item !== end; item = item.right as Y.Item | null) {
			if ((this.#left -= cost) < 0) throw new RefusedUpdate('update_too_costly');
		}
		if (end && !item) throw new RefusedUpdate('update_crossed');
		if ((this.#left -= cost) < 0) throw new RefusedUpdate('update_too_costly');
	}

	#itemAt(unit: Unit): Y.Item {
		const structs = this.#doc.store.clients.get(unit.client)!;
		return structs[Y.findIndexSS(structs, unit.clock)] as Y.Item;
	}
}

function isSame(one: Unit | null, other: Unit | null): boolean {
	return one?.client === other?.client && one?.clock === other?.clock;
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
