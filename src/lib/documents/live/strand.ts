/** A unit of the text: client and clock. */
export interface Unit {
	client: number;
	clock: number;
}

/** A run of units that are not in the document yet, between two units (or ends, `null`) that are. */
export interface Run {
	from: number;
	to: number;
	left: Unit | null;
	right: Unit | null;
	/** The neighbours it was put between, as its author names them. */
	before: Unit | null;
	after: Unit | null;
}

/**
 * What one client put into a text that does not hold it yet, in the order of its clocks. It answers
 * what that client's page must have shown beside a unit when the next thing was put there.
 */
export class Strand {
	readonly runs: Run[] = [];
	/** What was last put directly behind a unit, and directly before one, by the unit's key. */
	readonly #behind = new Map<string, Unit>();
	readonly #ahead = new Map<string, Unit>();
	/** The right ends of the gaps between units of the document that something was put into. */
	readonly #gaps = new Map<string, Set<string>>();

	/** Adds what comes next. `client` is whose strand this is. */
	add(run: Run, client: number): void {
		this.runs.push(run);
		if (run.before) this.#behind.set(keyOf(run.before), { client, clock: run.from });
		this.#closeAhead(run, client);
		const left = keyOf(run.left);
		const rights = this.#gaps.get(left);
		if (rights) rights.add(keyOf(run.right));
		else this.#gaps.set(left, new Set([keyOf(run.right)]));
	}

	/** The last run goes on for as many units. */
	extend(length: number, client: number): void {
		const last = this.runs.at(-1)!;
		last.to += length;
		this.#closeAhead(last, client);
	}

	/** Takes in all of a later strand of the same client. */
	join(later: Strand): void {
		for (const run of later.runs) this.runs.push(run);
		for (const [key, unit] of later.#behind) this.#behind.set(key, unit);
		for (const [key, unit] of later.#ahead) this.#ahead.set(key, unit);
		for (const [key, rights] of later.#gaps) {
			const known = this.#gaps.get(key);
			if (!known) this.#gaps.set(key, rights);
			else for (const right of rights) known.add(right);
		}
	}

	/** The run that holds the clock. */
	find(clock: number): Run | undefined {
		let low = 0;
		let high = this.runs.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const run = this.runs[middle]!;
			if (clock < run.from) high = middle - 1;
			else if (clock >= run.to) low = middle + 1;
			else return run;
		}
		return undefined;
	}

	behind(unit: Unit): Unit | undefined {
		return this.#behind.get(keyOf(unit));
	}

	ahead(unit: Unit): Unit | undefined {
		return this.#ahead.get(keyOf(unit));
	}

	/** The right ends, as keys, of the gaps that begin at this unit of the document. */
	gapsAt(left: Unit | null): ReadonlySet<string> | undefined {
		return this.#gaps.get(keyOf(left));
	}

	#closeAhead({ after, to }: Run, client: number): void {
		if (after) this.#ahead.set(keyOf(after), { client, clock: to - 1 });
	}
}

export function keyOf(unit: Unit | null): string {
	return unit ? `${unit.client}.${unit.clock}` : '';
}

export function isSame(one: Unit | null | undefined, other: Unit | null | undefined): boolean {
	return one?.client === other?.client && one?.clock === other?.clock;
}
