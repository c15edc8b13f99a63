import * as Y from 'yjs';
import { setImmediate as breathe } from 'node:timers/promises';
import { openBody } from '../text/body.ts';
import { Assembled } from './assembled.ts';

/** The longest stretch of building before others get their turn. */
const TURN_MS = 5;
/**
 * With more than this since the last snapshot (and more than what it holds), answers are made from the
 * Y.Doc: they would bring along too much that has been deleted since.
 */
const MUCH = 256 * 1024;

/**
 * The committed text of an open document. It comes from the disk as updates and stays that until
 * somebody needs the Y.Doc: whoever opens it gets his first state from the bytes, at once, while
 * building the Y.Doc of a long text takes a while.
 */
export class Committed {
	/** Everything that makes up the text; null once that is too much to be kept beside the Y.Doc. */
	#updates: Uint8Array[] | null;
	#firstBytes: number;
	#laterBytes = 0;
	/** The same put together, with how many of them are in it; null when they do not fit. */
	#assembled: { bytes: Assembled; updates: number } | null | undefined;
	readonly #doc = new Y.Doc();
	readonly #body = openBody(this.#doc);
	/** What is not in the Y.Doc yet. */
	#rest: Iterator<Uint8Array> | null = null;
	#built = false;
	readonly #incomplete: () => Error;

	/** `incomplete` makes the error when the updates turn out not to make up a text. */
	constructor(updates: Uint8Array[], incomplete: () => Error) {
		this.#updates = updates;
		this.#firstBytes = updates.reduce((sum, { length }) => sum + length, 0);
		this.#incomplete = incomplete;
		if (updates.length === 0) this.#built = true;
	}

	/** Whether the Y.Doc is there. */
	get built(): boolean {
		return this.#built;
	}

	/** The Y.Doc, built now as far as it is not. Throws when it is incomplete. */
	get doc(): Y.Doc {
		while (!this.#built) this.#step();
		return this.#doc;
	}

	get body(): Y.Text {
		return this.doc && this.#body;
	}

	/** Builds the Y.Doc while letting everybody else have their turn; `doc` then costs nothing. */
	async build(): Promise<void> {
		while (!this.#built) {
			const until = performance.now() + TURN_MS;
			while (!this.#built && performance.now() < until) this.#step();
			await breathe();
		}
	}

	/** What somebody lacks whose text has this state vector, as one update; all without one. */
	since(vector?: Uint8Array): Uint8Array {
		const known = vector && Y.decodeStateVector(vector);
		if (!known?.size && this.#updates?.length === 1) return this.#updates[0]!;
		return this.#put()?.since(known) ?? Y.encodeStateAsUpdate(this.doc, vector);
	}

	/** How many units of this client are in it. */
	clockOf(client: number): number {
		const put = this.#built ? undefined : this.#put();
		return put ? put.clockOf(client) : Y.getState(this.doc.store, client);
	}

	/** What was committed since becomes part of the text. */
	apply(updates: Uint8Array[]): void {
		const { doc } = this;
		doc.transact(() => {
			for (const update of updates) Y.applyUpdate(doc, update, 'log');
		}, 'log');
		for (const update of updates) {
			// A copy: the message it came in is larger, and would be kept with it.
			this.#updates?.push(new Uint8Array(update));
			this.#laterBytes += update.length;
		}
		if (this.#laterBytes > Math.max(MUCH, this.#firstBytes)) this.#updates = this.#assembled = null;
	}

	/** The whole text as one update, as short as can be. */
	compact(): Uint8Array {
		const state = Y.encodeStateAsUpdate(this.doc);
		this.#updates = [state];
		this.#firstBytes = state.length;
		this.#laterBytes = 0;
		this.#assembled = undefined;
		return state;
	}

	/** Nobody is going to build on it any more. */
	close(): void {
		this.#doc.destroy();
	}

	#step(): void {
		this.#rest ??= this.#put()?.pieces() ?? this.#updates!.values();
		const { done, value } = this.#rest.next();
		if (!done) return Y.applyUpdate(this.#doc, value, 'log');
		const { pendingStructs, pendingDs } = this.#doc.store;
		if (pendingStructs || pendingDs) throw this.#incomplete();
		this.#built = true;
		this.#rest = null;
	}

	#put(): Assembled | undefined {
		const updates = this.#updates;
		if (!updates || this.#assembled === null) return undefined;
		try {
			this.#assembled ??= { bytes: new Assembled([]), updates: 0 };
			const { bytes } = this.#assembled;
			while (this.#assembled.updates < updates.length) {
				bytes.add(updates[this.#assembled.updates]!);
				this.#assembled.updates += 1;
			}
			return bytes;
		} catch {
			this.#assembled = null;
			return undefined;
		}
	}
}
