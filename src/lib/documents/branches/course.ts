import type { Step, Strand } from './strands.ts';

/**
 * The stretches of the common copy in order, found again by who is at work in them: two branches are
 * tried together without a look at the hundreds that write at the same place.
 */
export class Course {
	readonly #steps: Step[] = [];
	/** Places of main's living stretches, and of each branch's own, in order. */
	readonly #main: number[] = [];
	readonly #own = new Map<Strand, number[]>();

	/** Adds the next stretch and returns its place. Only what lives in some view needs to be here. */
	add(step: Step): number {
		const place = this.#steps.push(step) - 1;
		if (step.known) this.#main.push(place);
		for (const strand of step.known ? [] : step.owners) {
			const own = this.#own.get(strand);
			if (own) own.push(place);
			else this.#own.set(strand, [place]);
		}
		return place;
	}

	/** Main's stretches and those of two branches, in order, from a place on. */
	*among([a, b]: readonly [Strand, Strand], from: number): Generator<Step> {
		const lists = [this.#main, this.#own.get(a) ?? [], this.#own.get(b) ?? []];
		const heads = lists.map((list) => firstFrom(list, from));
		for (;;) {
			let next = -1;
			for (let list = 0; list < lists.length; list += 1) {
				const place = lists[list]![heads[list]!];
				if (place === undefined) continue;
				if (next < 0 || place < lists[next]![heads[next]!]!) next = list;
			}
			if (next < 0) return;
			const place = lists[next]![heads[next]!]!;
			yield this.#steps[place]!;
			// A stretch may be both branches' own.
			for (let list = 0; list < lists.length; list += 1) {
				if (lists[list]![heads[list]!] === place) heads[list]! += 1;
			}
		}
	}
}

function firstFrom(places: number[], from: number): number {
	let [low, high] = [0, places.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (places[middle]! < from) low = middle + 1;
		else high = middle;
	}
	return low;
}
