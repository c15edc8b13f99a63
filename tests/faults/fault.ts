/** One kind of misfortune, what has to hold through it, and how to bring it about. */
export interface Fault {
	name: string;
	/** What passes, in the words of the promise. */
	promise: string;
	/** Brings it about and returns what was measured; throws when the promise does not hold. */
	run(options: FaultOptions): Promise<Figures>;
}

export interface FaultOptions {
	/** Sizes that a build server can afford. */
	small: boolean;
	/** How often, where a fault is repeated; the fault's own number when left out. */
	count?: number;
	/** Tells how far it is. */
	say(line: string): void;
}

export type Figures = Record<string, number | string>;

/** Fails the fault with what was promised and what was seen. */
export function must(holds: boolean, what: string): asserts holds {
	if (!holds) throw new Error(what);
}

/** Waits until the condition holds; fails, naming it, after `ms`. */
export async function until(
	condition: () => unknown,
	what: string | (() => string),
	ms = 60_000
): Promise<void> {
	const end = performance.now() + ms;
	while (!(await condition())) {
		if (performance.now() > end) {
			throw new Error(`Waited in vain until ${typeof what === 'string' ? what : what()}`);
		}
		await pause(5);
	}
}

export const pause = (ms: number) => new Promise<void>((next) => setTimeout(next, ms));

/** The value below which this share of the numbers lies. */
export function quantile(values: number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export const rounded = (value: number, digits = 0) => Number(value.toFixed(digits));
