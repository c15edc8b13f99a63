import * as Y from 'yjs';
import { RefusedUpdate } from './refusal.ts';
import { isSame, keyOf, Strand, type Run, type Unit } from './strand.ts';

/** Items that integrating one update may have to look at beyond its own. */
const BUDGET = 50_000;
/** Looking whether two neighbours are in order costs only a step from item to item. */
const STEP = 1 / 8;

/** What stands between two neighbours and cannot: their author's page held it when it put something there. */
interface Between {
	left: Unit | null;
	right: Unit | null;
	/** Units that one of the neighbours was itself put beside. */
	known: (Unit | null)[];
	/** Both neighbours are in the document, so that what lies between them is exactly what is walked. */
	exact: boolean;
}

/**
 * Yjs places an item by walking from its left neighbour to its right one, so a crafted update with
 * neighbours at opposite ends of a long text costs structs × items. This walks the same way first,
 * on a budget. Queued updates are not in the document yet: their runs stand in for them.
 *
 * On the way it sees whether the two stood side by side on the page of whoever names them: the left one before
 * the right one, and nothing between them that the page must have held, which is the author's own earlier
 * text, anything a neighbour's writer had written before it, and what a neighbour was itself put beside.
 * Yjs takes others too, but puts the item elsewhere for whoever receives it in another order: the texts part.
 */
export class Reach {
	readonly #text: { readonly doc: Y.Doc };
	readonly #queued = new Map<number, Strand>();
	#own = new Strand();
	#client = 0;
	/** Where the client's units go on that are neither in the text nor queued. */
	#known = 0;
	#left = BUDGET;

	constructor(text: { readonly doc: Y.Doc }) {
		this.#text = text;
	}

	get #doc(): Y.Doc {
		return this.#text.doc;
	}

	/** Starts to measure an update of this client. */
	begin(client: number): void {
		this.#own = new Strand();
		this.#client = client;
		const queued = this.#queued.get(client)?.runs.at(-1)?.to ?? 0;
		this.#known = Math.max(queued, Y.getState(this.#doc.store, client));
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
		// What is known already is not placed again; the rest of it comes behind.
		if (clock + length <= this.#known) return;
		let before = originClient < 0 ? null : { client: originClient, clock: originClock };
		const after = rightClient < 0 ? null : { client: rightClient, clock: rightClock };
		if (clock < this.#known) {
			before = { client: this.#client, clock: this.#known - 1 };
			length -= this.#known - clock;
			clock = this.#known;
		}
		const last = this.#own.runs.at(-1);
		// Text that goes on where the part before it ended is placed without a walk.
		const goesOn = last?.to === clock && isSame(before, { client: this.#client, clock: clock - 1 });
		if (goesOn && isSame(last.after, after)) {
			this.#own.extend(length, this.#client);
			return;
		}
		if (before && after && !this.#isBeside(before, after))
			throw new RefusedUpdate('update_crossed');
		const left = before && this.#resolve(before, 'left');
		const right = after && this.#resolve(after, 'right');
		this.#walk(this.#between(before, after, left, right), before !== null && isSame(before, left));
		this.#own.add({ from: clock, to: clock + length, left, right, before, after }, this.#client);
	}

	/** The update just measured was queued: later updates may build on it before it is applied. */
	queue(): void {
		if (this.#own.runs.length === 0) return;
		const before = this.#queued.get(this.#client);
		if (before) before.join(this.#own);
		else this.#queued.set(this.#client, this.#own);
		this.#own = new Strand();
	}

	/** The queue was applied (or dropped). */
	clear(): void {
		this.#queued.clear();
	}

	#isApplied({ client, clock }: Unit): boolean {
		return clock < Y.getState(this.#doc.store, client);
	}

	#runOf({ client, clock }: Unit): Run | undefined {
		const own = client === this.#client ? this.#own.find(clock) : undefined;
		return own ?? this.#queued.get(client)?.find(clock);
	}

	#resolve(unit: Unit, side: 'left' | 'right'): Unit | null {
		return this.#isApplied(unit) ? unit : (this.#runOf(unit)?.[side] ?? null);
	}

	/**
	 * Whether two units may have stood beside each other, by what is not in the text yet. Of one client's
	 * two the later one says it: one page put them both where they are, so nothing came between them.
	 */
	#isBeside(left: Unit, right: Unit): boolean {
		if (left.client === this.#client && !this.#isApplied(left)) {
			const next = this.#behind(left);
			if (next && !isSame(next, right)) return false;
		}
		if (right.client === this.#client && !this.#isApplied(right)) {
			const previous = this.#ahead(right);
			if (previous && !isSame(previous, left)) return false;
		}
		if (left.client !== right.client) return true;
		const later = left.clock < right.clock ? right : left;
		if (this.#isApplied(later)) return true;
		const run = this.#runOf(later);
		if (!run) return true;
		if (later === left) return left.clock === run.to - 1 && isSame(run.after, right);
		return right.clock === run.from ? isSame(run.before, left) : right.clock === left.clock + 1;
	}

	#behind(unit: Unit): Unit | undefined {
		return this.#own.behind(unit) ?? this.#queued.get(this.#client)?.behind(unit);
	}

	#ahead(unit: Unit): Unit | undefined {
		return this.#own.ahead(unit) ?? this.#queued.get(this.#client)?.ahead(unit);
	}

	#between(
		before: Unit | null,
		after: Unit | null,
		left: Unit | null,
		right: Unit | null
	): Between {
		const leftApplied = isSame(before, left);
		const rightApplied = isSame(after, right);
		const known: (Unit | null)[] = [];
		// Behind a unit that waits stands what it was put before, and the other way round.
		if (!leftApplied) known.push(this.#runOf(before!)?.right ?? null);
		else if (rightApplied && left) known.push(this.#itemAt(left).rightOrigin as Unit | null);
		if (!rightApplied) known.push(this.#runOf(after!)?.left ?? null);
		else if (leftApplied && right) known.push(this.#itemAt(right).origin as Unit | null);
		return { left, right, known, exact: leftApplied && rightApplied };
	}

	#walk(between: Between, leftApplied: boolean): void {
		const { left, right, exact } = between;
		const first = left && this.#itemAt(left);
		const end = right && this.#itemAt(right);
		if (left && right && first === end) {
			if (left.clock >= right.clock) throw new RefusedUpdate('update_crossed');
			this.#mayStand(left.client, left.clock + 1, right.clock, between);
			return;
		}
		let item = first ? (first.right as Y.Item | null) : this.#first;
		// Yjs stops at the first item that was not put at the same place.
		const stops = leftApplied && !Y.compareIDs(item?.origin ?? null, left as Y.ID);
		const cost = stops ? STEP : 1;
		if (exact) this.#mustNotHold(left, between);
		if (left && first) this.#mayStand(left.client, left.clock + 1, endOf(first), between);
		for (; item && item !== end; item = item.right as Y.Item | null) {
			if ((this.#left -= cost) < 0) throw new RefusedUpdate('update_too_costly');
			this.#mayStand(item.id.client, item.id.clock, endOf(item), between);
			if (exact) this.#mustNotHold(item.lastId, between);
		}
		if (end && !item) throw new RefusedUpdate('update_crossed');
		if (right && end) this.#mayStand(right.client, end.id.clock, right.clock, between);
		if ((this.#left -= cost) < 0) throw new RefusedUpdate('update_too_costly');
	}

	/** Refuses units between the neighbours that whoever had both of them must have had as well. */
	#mayStand(client: number, from: number, to: number, between: Between): void {
		if (from >= to) return;
		const { left, right, known, exact } = between;
		const isKnown =
			known.some((unit) => unit?.client === client && from <= unit.clock && unit.clock < to) ||
			(exact &&
				(client === this.#client ||
					(client === left?.client && from < left.clock) ||
					(client === right?.client && from < right.clock)));
		if (isKnown) throw new RefusedUpdate('update_crossed');
	}

	/** Own text that waits must not be about to land behind this unit, before the right neighbour. */
	#mustNotHold(unit: Unit | null, { right }: Between): void {
		for (const strand of [this.#own, this.#queued.get(this.#client)]) {
			if (strand?.gapsAt(unit)?.has(keyOf(right))) throw new RefusedUpdate('update_crossed');
		}
	}

	get #first(): Y.Item | null {
		return this.#doc.get('body')._start as Y.Item | null;
	}

	#itemAt(unit: Unit): Y.Item {
		const structs = this.#doc.store.clients.get(unit.client)!;
		return structs[Y.findIndexSS(structs, unit.clock)] as Y.Item;
	}
}

function endOf(item: Y.Item): number {
	return item.id.clock + item.length;
}
