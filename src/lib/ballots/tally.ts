import { CAPACITY_KINDS, type CapacityKind } from '#lib/people/actor.ts';

/** How many people see it how. A condition that is met is support; one that is not counts as `if`. */
export interface Parts {
	strong: number;
	mild: number;
	if: number;
	none: number;
	against: number;
	against2: number;
}

/** The support one thing has. The parts add up to `total`: each person once. */
export interface Tally extends Parts {
	total: number;
	/** Of all of them: those who spoke about an earlier wording and were not heard on this one. */
	stale: number;
	/** By capacity; capacities of few people are left out (B9). */
	byCapacity: Split[];
}

export interface Split extends Parts {
	kind: CapacityKind;
	total: number;
}

/** People who agree in everything that a tally tells apart. */
export interface Cell {
	value: number;
	/** Given on a condition that is not met. */
	conditional: boolean;
	kind: CapacityKind;
	/** The text it was given on. */
	hash: string;
	people: number;
}

/** A split of fewer people than this would tell who they are. */
export const FEWEST = 5;

/** Adds cells up. `hash` is the text as it is now, null when it is gone, undefined when it never changes. */
export function tallyOf(cells: readonly Cell[], hash?: string | null): Tally {
	const parts = noParts();
	let [total, stale] = [0, 0];
	const kinds = new Map<CapacityKind, Split>();
	for (const cell of cells) {
		const part = partOf(cell);
		parts[part] += cell.people;
		total += cell.people;
		if (hash !== undefined && cell.hash !== hash) stale += cell.people;
		const split = kinds.get(cell.kind) ?? { kind: cell.kind, total: 0, ...noParts() };
		split[part] += cell.people;
		split.total += cell.people;
		kinds.set(cell.kind, split);
	}
	return { ...parts, total, stale, byCapacity: shownSplits([...kinds.values()]) };
}

export function noParts(): Parts {
	return { strong: 0, mild: 0, if: 0, none: 0, against: 0, against2: 0 };
}

/** A thing nobody spoke about. */
export const NO_TALLY: Tally = Object.freeze({
	...noParts(),
	total: 0,
	stale: 0,
	byCapacity: []
});

export function partOf({ value, conditional }: Pick<Cell, 'value' | 'conditional'>): keyof Parts {
	if (conditional && value > 0) return 'if';
	if (value >= 2) return 'strong';
	if (value === 1) return 'mild';
	if (value === 0) return 'none';
	return value === -1 ? 'against' : 'against2';
}

/**
 * Splits that may be shown. What is left out must not be found by taking the others from the whole:
 * when those left out are fewer than five together, the next smallest goes with them.
 */
function shownSplits(splits: Split[]): Split[] {
	const sorted = splits.toSorted((a, b) => b.total - a.total);
	const shown = sorted.filter((split) => split.total >= FEWEST);
	const left = sorted.slice(shown.length).reduce((sum, split) => sum + split.total, 0);
	if (left > 0 && left < FEWEST) shown.pop();
	const order = (split: Split) => CAPACITY_KINDS.indexOf(split.kind);
	return shown.sort((a, b) => order(a) - order(b));
}

/** A tally as pages carry it for every clause: zeros are left out. */
export interface Figures {
	strong?: number;
	mild?: number;
	if?: number;
	none?: number;
	against?: number;
	stale?: number;
}

export function figuresOf(tally: Tally): Figures {
	const { strong, mild, none, stale } = tally;
	const all = { strong, mild, if: tally.if, none, against: tally.against + tally.against2, stale };
	return Object.fromEntries(Object.entries(all).filter(([, count]) => count > 0));
}
