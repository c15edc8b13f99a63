import { readShown, type Shown } from './shown.ts';
import { addRows, type Since } from './stale.ts';
import type { Suggested } from './strands.ts';

/** Suggestions to be read on a text, with what whoever reads does not know yet of its log. */
export interface Task {
	documentId: string;
	state: Uint8Array;
	branches: Suggested[];
	/** What was known of this document's log is of no use any more: `rows` is all there is. */
	fresh: boolean;
	rows: Array<{ seq: number; update: Uint8Array }>;
	/** A document that will not be asked about for a while. */
	forget?: string;
}

/** Reads suggestions, and remembers what it was told of each document's log. */
export class Memory {
	readonly #logs = new Map<string, Since>();

	read({ documentId, state, branches, fresh, rows, forget }: Task): Shown {
		if (forget !== undefined) this.#logs.delete(forget);
		const known = !fresh && this.#logs.get(documentId);
		const since = addRows(known || { inserted: new Map(), deleted: new Map() }, rows);
		this.#logs.set(documentId, since);
		return readShown(state, branches, since);
	}
}
