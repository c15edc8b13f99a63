import * as Y from 'yjs';
import type { LiveStorage, StoredUpdate } from './client-storage.ts';
import { typedText } from './typed.ts';

const BASE_EVERY_MS = 5_000;

/** What one page keeps on its device besides the outbox: the text as last seen, a lease, work set aside. */
export class Shelf {
	readonly #storage: LiveStorage;
	readonly #doc: Y.Doc;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#closed = false;
	/** Whether the device has a text at all: without one, words kept here could not be shown offline. */
	#based = false;
	/** The epoch of the text; 0 while there is none. */
	epoch = 0;
	/** Whether this page has a client id of its own to type under. */
	leased = false;

	constructor(storage: LiveStorage, doc: Y.Doc) {
		this.#storage = storage;
		this.#doc = doc;
	}

	/** Puts the stored text into the document, own unsent work on top, which is returned. */
	async restore(writes: boolean): Promise<StoredUpdate[]> {
		const base = await this.#storage.base();
		const updates = await this.#storage.updates();
		this.epoch = base?.epoch ?? 0;
		if (!base) return updates;
		this.#based = true;
		this.#doc.transact(() => {
			Y.applyUpdate(this.#doc, base.state, 'stored');
			for (const row of updates) {
				if (row.epoch === base.epoch) Y.applyUpdate(this.#doc, row.update, 'stored');
			}
		}, 'stored');
		if (writes) await this.lend();
		return updates;
	}

	/** A client id for this page, taken out of the storage before it is used. */
	async lend(): Promise<void> {
		if (this.leased) return;
		const client = await this.#storage.takeSpare(this.epoch);
		if (client === undefined || this.leased) return;
		this.#doc.clientID = client;
		this.leased = true;
	}

	saveSoon(): void {
		if (this.#closed || this.epoch === 0) return;
		this.#timer ??= setTimeout(() => void this.save(), this.#based ? BASE_EVERY_MS : 0);
	}

	async save(): Promise<void> {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		if (this.#closed || this.epoch === 0) return;
		const state = Y.encodeStateAsUpdate(this.#doc);
		await this.#storage.saveBase({ epoch: this.epoch, state });
		this.#based = true;
	}

	/**
	 * The server will not take these: keeps them for their author with the words to be read, and drops
	 * the stored text, because it no longer is what the server has.
	 */
	async setAside(rows: StoredUpdate[], reason: string): Promise<void> {
		this.close();
		await this.#storage.saveBase(undefined);
		if (rows.length === 0) return;
		const updates = rows.map(({ update }) => update);
		await this.#storage.keep({ at: Date.now(), reason, text: typedText(updates), updates });
		await this.#storage.forget(rows.map(({ n }) => n));
	}

	close(): void {
		this.#closed = true;
		if (this.#timer) clearTimeout(this.#timer);
	}
}
