import * as Y from 'yjs';
import { openBody } from '../text/body.ts';

/** A change as a row of the log states it. `client` and the clocks are 0 when it only deletes. */
export interface Made {
	client: number;
	clockFrom: number;
	clockLen: number;
	update: Uint8Array;
}

/**
 * A copy of the committed text on which the house makes its edits. It is kept in step with the text, so
 * that a hundred edits in a row copy it once.
 */
export class Workbench {
	readonly #committed: Y.Doc;
	readonly #copy = new Y.Doc();
	readonly #body = openBody(this.#copy);
	#news: Uint8Array[] = [];
	readonly #hear = (update: Uint8Array) => void this.#news.push(update);

	constructor(committed: Y.Doc, state: Uint8Array) {
		this.#committed = committed;
		Y.applyUpdate(this.#copy, state);
		committed.on('update', this.#hear);
	}

	/**
	 * Makes a change under a client id; null when it changes nothing. After a change that threw, or
	 * whose row was not committed, the copy is ahead of the text: close it.
	 */
	make(client: number, change: (body: Y.Text) => void): Made | null {
		const copy = this.#copy;
		const news = this.#news;
		this.#news = [];
		copy.transact(() => {
			for (const update of news) Y.applyUpdate(copy, update);
		});
		copy.clientID = client;
		const start = Y.getState(copy.store, client);
		const made: Uint8Array[] = [];
		const hear = (update: Uint8Array) => made.push(update);
		copy.on('update', hear);
		copy.transact(() => change(this.#body));
		copy.off('update', hear);
		if (made.length === 0) return null;
		const clockLen = Y.getState(copy.store, client) - start;
		return {
			client: clockLen > 0 ? client : 0,
			clockFrom: clockLen > 0 ? start : 0,
			clockLen,
			update: made.length === 1 ? made[0]! : Y.mergeUpdates(made)
		};
	}

	close(): void {
		this.#committed.off('update', this.#hear);
		this.#copy.destroy();
	}
}

/** What a change comes to when it is made on a copy of this state, once. */
export function changeCopy(state: Uint8Array, client: number, change: (body: Y.Text) => void) {
	return new Workbench(new Y.Doc(), state).make(client, change);
}
