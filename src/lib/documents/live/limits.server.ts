import { TooMany } from '#lib/errors.ts';
import { Bucket } from '#lib/server/live/bucket.ts';

/** Per second, and at once: messages of a connection, messages and bytes of a person's connections. */
const SESSION = [100, 600] as const;
const PERSON = [300, 2_400] as const;
const BYTES = [512 * 1024, 6 * 1024 * 1024] as const;
const CURSORS = [10, 10] as const;
const MANY = 5_000;

interface Shared {
	messages: Bucket;
	bytes: Bucket;
}

/**
 * How much everybody may send. A person is counted, not an address: a town hall shares one. Visitors
 * only read, so each of their connections counts by itself.
 */
export class Limits {
	readonly #people = new Map<string, Shared>();

	/** What one connection may send. */
	of(personId: string | null): Allowance {
		const now = performance.now();
		if (this.#people.size > MANY) this.#sweep(now);
		const shared = (personId !== null && this.#people.get(personId)) || {
			messages: new Bucket(...PERSON, now),
			bytes: new Bucket(...BYTES, now)
		};
		if (personId !== null) this.#people.set(personId, shared);
		return new Allowance(shared, now);
	}

	/** Who owes nothing any more may be forgotten. */
	#sweep(now: number): void {
		for (const [personId, { messages, bytes }] of this.#people) {
			if (messages.full(now) && bytes.full(now)) this.#people.delete(personId);
		}
	}
}

/** One connection's share of the limits. */
export class Allowance {
	readonly #shared: Shared;
	readonly #messages: Bucket;
	readonly #cursors: Bucket;

	constructor(shared: Shared, now: number) {
		this.#shared = shared;
		this.#messages = new Bucket(...SESSION, now);
		this.#cursors = new Bucket(...CURSORS, now);
	}

	/** Counts a message of some bytes; throws TooMany `too_fast`. */
	spend(cost: number, bytes: number): void {
		const now = performance.now();
		const fine =
			this.#messages.take(cost, now) &&
			this.#shared.messages.take(cost, now) &&
			this.#shared.bytes.take(bytes, now);
		if (!fine) throw new TooMany('too_fast', { seconds: 2 });
	}

	/** Whether the cursor may move now; a move too many is left out, not refused. */
	moves(): boolean {
		return this.#cursors.take(1, performance.now());
	}
}
