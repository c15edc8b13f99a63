import * as Y from 'yjs';
import { SPARE_LEASES } from '../messages.ts';
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
	#loose: number[] = [];
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
		// A device that does not give its store away is a device without one: the page works all the same.
		const base = await this.#storage.base().catch(() => undefined);
		const updates = await this.#storage.updates().catch(() => []);
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

	/** How many leases to ask the server for: one for this page if it has none, and the spares. */
	async lacking(): Promise<number> {
		const own = this.leased ? 0 : 1;
		if (this.epoch === 0) return SPARE_LEASES + own;
		// A device that does not answer keeps no spares; the page can do without.
		const spares = await this.#storage.spares(this.epoch).catch(() => SPARE_LEASES);
		return Math.max(0, SPARE_LEASES - spares + own);
	}

	/** Puts fresh leases by. Those that the device could not store are this page's alone. */
	async putBy(leases: number[]): Promise<void> {
		if (leases.length === 0) return;
		const failed = () => void (this.#loose = leases);
		await this.#storage.addSpares(leases, this.epoch).catch(failed);
	}

	/** A client id for this page, taken out of the storage before it is used. */
	async lend(): Promise<void> {
		if (this.leased) return;
		const stored = await this.#storage.takeSpare(this.epoch).catch(() => undefined);
		const client = stored ?? this.#loose.pop();
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
		const stored = this.#storage.saveBase({ epoch: this.epoch, state });
		this.#based = await stored.then(
			() => true,
			() => this.#based
		);
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
