import * as Y from 'yjs';
import type { Mode, Opened, Refusal, Right } from '../messages.ts';
import { openBody } from '../text/body.ts';
import type { LiveStorage } from './client-storage.ts';
import type { LiveEvent, LiveOptions, LiveState } from './client-options.ts';
import { Company, encodeCursor, type Cursor } from './cursors.ts';
import { isPassing, Link } from './link.ts';
import { Outbox } from './outbox.ts';
import { LARGEST_UPDATE } from './refusal.ts';
import { Shelf } from './shelf.ts';

export type { LiveEvent, LiveOptions, LiveState } from './client-options.ts';

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
	readonly #shelf: Shelf;
	readonly #outbox: Outbox;
	readonly #link: Link;
	readonly #company = new Company();
	readonly #listeners = new Map<LiveEvent, Set<() => void>>();
	#tag = 0;
	/** The last row of the log that this page has seen. */
	#seq = 0;
	#opened = false;
	#cursorTimer: ReturnType<typeof setTimeout> | null = null;
	#cursor: Uint8Array = new Uint8Array();

	constructor({ url, documentId, storage, mode = 'write', io, gatherMs = 16 }: LiveOptions) {
		this.#mode = mode;
		this.#storage = storage;
		this.#shelf = new Shelf(storage, this.doc);
		this.#outbox = new Outbox(storage, () => this.#tell('change'), gatherMs);
		this.#link = new Link(url, documentId, this.#owner(), io);
		this.doc.on(
			'update',
			(update: Uint8Array, _from: unknown, _doc: Y.Doc, made: Y.Transaction) => {
				if (made.local) this.#typed(update, made);
				this.#shelf.saveSoon();
			}
		);
		this.ready = this.#restore();
	}

	get state(): LiveState {
		if (this.reason !== null) return 'refused';
		if (this.right === 'read' || (this.#mode === 'read' && this.#opened)) return 'readonly';
		if (!this.#opened) return this.#shelf.epoch > 0 ? 'offline' : 'connecting';
		return this.unsaved > 0 ? 'saving' : 'saved';
	}

	/** Whether what is typed now can be sent: the editor stays still until then. */
	get writable(): boolean {
		return this.#shelf.leased && this.reason === null && this.right !== 'read';
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
		if (this.#cursorTimer) clearTimeout(this.#cursorTimer);
		await this.#outbox.gather();
		this.#outbox.shut();
		if (!finished) await this.#shelf.save();
		this.#shelf.close();
		this.#storage.close();
		this.doc.destroy();
	}

	async #restore(): Promise<void> {
		this.#outbox.resume(await this.#shelf.restore(this.#mode === 'write'));
		if (this.reason === null) this.#link.connect();
		this.#tell('change');
	}

	#typed(update: Uint8Array, made: Y.Transaction): void {
		const { clientID } = this.doc;
		const inserts = made.afterState.get(clientID) !== made.beforeState.get(clientID);
		this.#outbox.add({ client: inserts ? clientID : 0, epoch: this.#shelf.epoch, update });
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
				frame: ({ saved, seq }, updates) => {
					take(updates);
					this.#seq = Math.max(this.#seq, seq);
					const own = saved.findIndex((tag, at) => at % 2 === 0 && tag === this.#tag);
					if (own >= 0) this.#outbox.saved(saved[own + 1]!);
				},
				saved: ({ n }) => this.#outbox.saved(n),
				state: ({ saved, seq }, updates) => {
					take(updates);
					this.#seq = Math.max(this.#seq, seq);
					this.#outbox.saved(saved);
				},
				presence: (news, cursors) => {
					this.#company.take(news, cursors);
					this.#tell('company');
				},
				// A busy server also closes the connection; everything is sent again after a while.
				refused: (refusal) => {
					if (!isPassing(refusal)) void this.#setAside(refusal.code);
				},
				rights: ({ right }) => this.#rights(right),
				epoch: () => void this.#setAside('epoch'),
				remarks: () => this.#tell('remarks')
			}
		};
	}

	async #open(): Promise<void> {
		const leases = this.#mode === 'write' ? await this.#shelf.lacking() : 0;
		const vector = Y.encodeStateVector(this.doc);
		const wish = { mode: this.#mode, epoch: this.#shelf.epoch, leases };
		this.#link.open(wish, vector, (refusal, opened, difference) => {
			if (this.reason !== null) return;
			if (opened && difference) void this.#welcome(opened, difference);
			else this.#notOpened(refusal);
		});
	}

	#notOpened(refusal: Refusal | null): void {
		if (!refusal || isPassing(refusal)) this.#link.pause(1_000);
		else void this.#setAside(refusal.code);
	}

	async #welcome(opened: Opened, difference: Uint8Array): Promise<void> {
		const writes = opened.right === 'write' && this.#mode === 'write';
		if (this.#shelf.epoch > 0 && this.#shelf.epoch !== opened.epoch) return this.#setAside('epoch');
		// The house was taken back to an earlier copy: what was seen since is not there any more.
		if (opened.seq < this.#seq) return this.#setAside('epoch_lost');
		this.#seq = opened.seq;
		this.#shelf.epoch = opened.epoch;
		this.#tag = opened.tag;
		this.right = opened.right;
		Y.applyUpdate(this.doc, difference, 'remote');
		await this.#shelf.putBy(opened.leases);
		if (writes) await this.#shelf.lend();
		if (!this.#link.connected || this.reason !== null) return;
		if (!writes && this.unsaved > 0) return this.#setAside('may_not_write');
		this.#opened = true;
		if (writes) this.#outbox.open((n, update) => this.#send(n, update));
		if (this.#cursor.length > 0) this.#sendCursor();
		this.#shelf.saveSoon();
		this.#tell('change');
	}

	#send(n: number, update: Uint8Array): void {
		if (update.length > LARGEST_UPDATE) void this.#setAside('update_too_large');
		else this.#link.edit(n, update);
	}

	#left(): void {
		this.#opened = false;
		this.#outbox.shut();
		this.#company.clear();
		void this.#shelf.save();
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

	/** The end of this object: what the server will not take is kept for its author. */
	async #setAside(reason: string): Promise<void> {
		if (this.reason !== null) return;
		this.#stop(reason);
		await this.#shelf.setAside(await this.#outbox.takeAll(), reason);
		this.#tell('kept', 'change');
	}

	#stop(reason: string): void {
		this.reason = reason;
		this.#outbox.shut();
		this.#link.stop();
		this.#tell('change');
	}

	#tell(...events: LiveEvent[]): void {
		for (const event of events) for (const listener of this.#listeners.get(event) ?? []) listener();
	}
}
