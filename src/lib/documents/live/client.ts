import * as Y from 'yjs';
import { SPARE_LEASES, type Mode, type Opened, type Refusal, type Right } from '../messages.ts';
import { openBody } from '../text/body.ts';
import type { LiveStorage } from './client-storage.ts';
import { Company, encodeCursor, type Cursor } from './cursors.ts';
import { Link, type LinkOptions } from './link.ts';
import { Outbox } from './outbox.ts';
import { typedText } from './typed.ts';

export interface LiveOptions {
	/** The server's address; the page's own when left out. */
	url?: string;
	documentId: string;
	storage: LiveStorage;
	mode?: Exclude<Mode, 'page'>;
	io?: LinkOptions;
	/** How long own edits are gathered before they are sent, ms. */
	gatherMs?: number;
}

/**
 * - `connecting`: nothing to show yet. `saving` / `saved`: own work is on its way / on the server's disk.
 * - `offline`: kept on this device, sent later. `readonly`: may look, not write.
 * - `refused`: this object is finished, `reason` says why; open the document again (kept work is listed).
 */
export type LiveState = 'connecting' | 'saving' | 'saved' | 'offline' | 'readonly' | 'refused';

/** `change`: state, right or count of unsaved updates. `company`: who is here. `kept`: work was set aside. */
export type LiveEvent = 'change' | 'company' | 'kept';

const BASE_EVERY_MS = 5_000;
const CURSOR_EVERY_MS = 100;

/** Opens a document for live reading or writing. It may be used after `ready`. */
export function openLiveDocument(options: LiveOptions): LiveDocument {
	return new LiveDocument(options);
}

/** One document on one page (or in one bot): the text, its state, and the others in it. */
export class LiveDocument {
	readonly doc = new Y.Doc();
	readonly body = openBody(this.doc);
	readonly ready: Promise<void>;
	/** Why the state is `refused`: a refusal's code, or `epoch`. */
	reason: string | null = null;
	right: Right | null = null;
	readonly #mode: Exclude<Mode, 'page'>;
	readonly #storage: LiveStorage;
	readonly #outbox: Outbox;
	readonly #link: Link;
	readonly #company = new Company();
	readonly #listeners = new Map<LiveEvent, Set<() => void>>();
	#epoch = 0;
	#tag = 0;
	#leased = false;
	#opened = false;
	#baseTimer: ReturnType<typeof setTimeout> | null = null;
	#cursorTimer: ReturnType<typeof setTimeout> | null = null;
	#cursor: Uint8Array = new Uint8Array();

	constructor({ url, documentId, storage, mode = 'write', io, gatherMs = 16 }: LiveOptions) {
		this.#mode = mode;
		this.#storage = storage;
		this.#outbox = new Outbox(storage, () => this.#tell('change'), gatherMs);
		this.#link = new Link(url, documentId, this.#owner(), io);
		this.doc.on(
			'update',
			(update: Uint8Array, _from: unknown, _doc: Y.Doc, made: Y.Transaction) => {
				if (made.local) this.#typed(update, made);
				this.#saveBaseSoon();
			}
		);
		this.ready = this.#restore();
	}

	get state(): LiveState {
		if (this.reason !== null) return 'refused';
		if (this.right === 'read' || (this.#mode === 'read' && this.#opened)) return 'readonly';
		if (!this.#opened) return this.#epoch > 0 ? 'offline' : 'connecting';
		return this.unsaved > 0 ? 'saving' : 'saved';
	}

	/** Whether what is typed now can be sent: the editor stays still until then. */
	get writable(): boolean {
		return this.#leased && this.reason === null && this.right !== 'read';
	}

	/** Updates that are not on the server's disk yet. */
	get unsaved(): number {
		return this.#outbox.unsaved;
	}

	/** False when this device could not store the last edits: they would not survive a reload. */
	get durable(): boolean {
		return this.#outbox.durable;
	}

	get counts(): { writing: number; reading: number } {
		return { writing: this.#company.writing, reading: this.#company.reading };
	}

	/** The others who write here, and where their selections are now. */
	cursors(): Cursor[] {
		return this.#company.cursors(this.body, this.#tag);
	}

	/** Shows one's own selection to the others, at most ten times a second; null hides it. */
	setCursor(selection: { from: number; to: number } | null): void {
		this.#cursor = selection
			? encodeCursor(this.body, selection.from, selection.to)
			: new Uint8Array();
		this.#cursorTimer ??= setTimeout(() => this.#sendCursor(), CURSOR_EVERY_MS);
	}

	on(event: LiveEvent, listener: () => void): () => void {
		const listeners = this.#listeners.get(event) ?? new Set();
		this.#listeners.set(event, listeners.add(listener));
		return () => listeners.delete(listener);
	}

	/** Stores what was typed last and leaves. Unsent work stays in the storage. */
	async close(): Promise<void> {
		const finished = this.reason !== null;
		this.reason ??= 'closed';
		this.#link.stop();
		for (const timer of [this.#baseTimer, this.#cursorTimer]) if (timer) clearTimeout(timer);
		await this.#outbox.gather();
		this.#outbox.shut();
		if (this.#epoch > 0 && !finished) await this.#saveBase();
		this.#storage.close();
		this.doc.destroy();
	}

	/** What this device has: the text as last seen, own unsent work on top, a client id in reserve. */
	async #restore(): Promise<void> {
		const base = await this.#storage.base();
		const updates = await this.#storage.updates();
		this.#epoch = base?.epoch ?? 0;
		if (base) {
			this.doc.transact(() => {
				Y.applyUpdate(this.doc, base.state, 'stored');
				for (const row of updates) {
					if (row.epoch === base.epoch) Y.applyUpdate(this.doc, row.update, 'stored');
				}
			}, 'stored');
			if (this.#mode === 'write') await this.#lend();
		}
		this.#outbox.resume(updates);
		if (this.reason === null) this.#link.connect();
		this.#tell('change');
	}

	/** A client id of one's own for this page, taken out of the storage before it is used. */
	async #lend(): Promise<void> {
		if (this.#leased) return;
		const client = await this.#storage.takeSpare(this.#epoch);
		if (client === undefined || this.#leased) return;
		this.doc.clientID = client;
		this.#leased = true;
	}

	#typed(update: Uint8Array, made: Y.Transaction): void {
		const { clientID } = this.doc;
		const inserts = made.afterState.get(clientID) !== made.beforeState.get(clientID);
		this.#outbox.add({ client: inserts ? clientID : 0, epoch: this.#epoch, update });
	}

	#owner(): ConstructorParameters<typeof Link>[2] {
		const take = (updates: Uint8Array[]) => {
			this.doc.transact(() => {
				for (const update of updates) Y.applyUpdate(this.doc, update, 'remote');
			}, 'remote');
		};
		return {
			connected: () => void this.#open(),
			disconnected: () => this.#left(),
			shutOut: (code) => this.#stop(code),
			news: {
				frame: ({ saved }, updates) => {
					take(updates);
					const own = saved.findIndex((tag, at) => at % 2 === 0 && tag === this.#tag);
					if (own >= 0) this.#outbox.saved(saved[own + 1]!);
				},
				saved: ({ n }) => this.#outbox.saved(n),
				state: ({ saved }, updates) => {
					take(updates);
					this.#outbox.saved(saved);
				},
				presence: (news, cursors) => {
					this.#company.take(news, cursors);
					this.#tell('company');
				},
				// A busy server also closes the connection; everything is sent again after a while.
				refused: ({ kind, code }) => {
					if (kind !== 'TooMany' && kind !== 'Unexpected') void this.#setAside(code);
				},
				rights: ({ right }) => this.#rights(right),
				epoch: () => void this.#setAside('epoch')
			}
		};
	}

	async #open(): Promise<void> {
		const spares = this.#epoch > 0 ? await this.#storage.spares(this.#epoch) : 0;
		const lacking = Math.max(0, SPARE_LEASES - spares + (this.#leased ? 0 : 1));
		const leases = this.#mode === 'write' ? lacking : 0;
		const vector = Y.encodeStateVector(this.doc);
		const wish = { mode: this.#mode, epoch: this.#epoch, leases };
		this.#link.open(wish, vector, (refusal, opened, difference) => {
			if (this.reason !== null) return;
			if (opened && difference) void this.#welcome(opened, difference);
			else this.#notOpened(refusal);
		});
	}

	#notOpened(refusal: Refusal | null): void {
		const passing = !refusal || refusal.kind === 'TooMany' || refusal.kind === 'Unexpected';
		if (passing) this.#link.pause(1_000);
		else void this.#setAside(refusal.code);
	}

	async #welcome(opened: Opened, difference: Uint8Array): Promise<void> {
		const writes = opened.right === 'write' && this.#mode === 'write';
		if (this.#epoch > 0 && this.#epoch !== opened.epoch) return this.#setAside('epoch');
		this.#epoch = opened.epoch;
		this.#tag = opened.tag;
		this.right = opened.right;
		Y.applyUpdate(this.doc, difference, 'remote');
		if (opened.leases.length > 0) await this.#storage.addSpares(opened.leases, opened.epoch);
		if (writes) await this.#lend();
		if (!this.#link.connected || this.reason !== null) return;
		if (!writes && this.unsaved > 0) return this.#setAside('may_not_write');
		this.#opened = true;
		if (writes) this.#outbox.open((n, update) => this.#link.edit(n, update));
		if (this.#cursor.length > 0) this.#sendCursor();
		this.#saveBaseSoon();
		this.#tell('change');
	}

	#left(): void {
		this.#opened = false;
		this.#outbox.shut();
		this.#company.clear();
		if (this.#epoch > 0) void this.#saveBase();
		this.#tell('change', 'company');
	}

	#sendCursor(): void {
		this.#cursorTimer = null;
		if (this.#opened && this.writable) this.#link.cursor(this.#cursor);
	}

	#rights(right: Right): void {
		const gained = right === 'write' && this.right !== 'write';
		this.right = right;
		if (right === 'none') void this.#setAside('document_not_found');
		else if (right === 'read' && this.unsaved > 0) void this.#setAside('may_not_write');
		else if (gained && this.#mode === 'write') void this.#open();
		this.#tell('change');
	}

	/**
	 * The end of this object: what the server will not take is kept for its author with the words to
	 * be read, and the stored text is dropped, because it no longer is what the server has.
	 */
	async #setAside(reason: string): Promise<void> {
		if (this.reason !== null) return;
		this.#stop(reason);
		const rows = await this.#outbox.takeAll();
		await this.#storage.saveBase(undefined);
		if (rows.length > 0) {
			const updates = rows.map(({ update }) => update);
			await this.#storage.keep({ at: Date.now(), reason, text: typedText(updates), updates });
			await this.#storage.forget(rows.map(({ n }) => n));
		}
		this.#tell('kept', 'change');
	}

	#stop(reason: string): void {
		this.reason = reason;
		this.#outbox.shut();
		this.#link.stop();
		this.#tell('change');
	}

	#saveBaseSoon(): void {
		if (this.reason !== null || this.#epoch === 0) return;
		this.#baseTimer ??= setTimeout(() => void this.#saveBase(), BASE_EVERY_MS);
	}

	async #saveBase(): Promise<void> {
		if (this.#baseTimer) clearTimeout(this.#baseTimer);
		this.#baseTimer = null;
		if (this.reason !== null && this.reason !== 'closed') return;
		const state = Y.encodeStateAsUpdate(this.doc);
		await this.#storage.saveBase({ epoch: this.#epoch, state });
	}

	#tell(...events: LiveEvent[]): void {
		for (const event of events) for (const listener of this.#listeners.get(event) ?? []) listener();
	}
}
