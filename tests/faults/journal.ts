import * as Y from 'yjs';

/** One act of a client, as that client saw it. */
export interface Act {
	kind: 'insert' | 'delete';
	/** The word that is typed or struck out; no other act ever types the same one. */
	word: string;
	/** The Yjs client and clock of the first unit that it inserts or deletes. */
	client: number;
	clock: number;
	/** `invoke`: done on the page. `ok`: the server said it is on disk. `aside`: kept on the device for its author. */
	state: 'invoke' | 'ok' | 'aside';
	invokedAt: number;
	settledAt: number;
}

/** Everything one client did, in order; updates are matched to acts by what they insert and delete. */
export class Journal {
	readonly acts: Act[] = [];
	/** Acts that no stored update has carried yet. */
	#open: Act[] = [];
	readonly #rows = new Map<number, Act[]>();

	invoke(act: Pick<Act, 'kind' | 'word' | 'client' | 'clock'>): void {
		const invoked: Act = { ...act, state: 'invoke', invokedAt: performance.now(), settledAt: 0 };
		this.acts.push(invoked);
		this.#open.push(invoked);
	}

	/** The update became message `n`: its acts are those it holds. */
	stored(n: number, update: Uint8Array): void {
		const { structs, ds } = Y.decodeUpdate(update);
		const inserted = (act: Act) =>
			structs.some(
				({ id, length }) =>
					id.client === act.client && id.clock <= act.clock && act.clock < id.clock + length
			);
		const deleted = (act: Act) =>
			ds.clients
				.get(act.client)
				?.some(({ clock, len }) => clock <= act.clock && act.clock < clock + len) === true;
		const held = (act: Act) => (act.kind === 'insert' ? inserted(act) : deleted(act));
		this.#rows.set(n, this.#open.filter(held));
		this.#open = this.#open.filter((act) => !held(act));
	}

	/** Message `n` was acknowledged, or will never be. */
	settled(n: number, state: 'ok' | 'aside'): void {
		for (const act of this.#rows.get(n) ?? []) {
			act.state = state;
			act.settledAt = performance.now();
		}
		this.#rows.delete(n);
	}

	count(state: Act['state']): number {
		return this.acts.filter((act) => act.state === state).length;
	}

	/** How long each acknowledged act waited, ms. */
	waits(since = 0): number[] {
		return this.acts
			.filter(({ state, invokedAt }) => state === 'ok' && invokedAt >= since)
			.map(({ invokedAt, settledAt }) => settledAt - invokedAt);
	}
}
