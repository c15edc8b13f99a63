import type { LiveDocument } from './client.ts';
import { openLiveDocument, type LiveState } from './client.ts';
import { browserStorage } from './client-storage-idb.ts';
import type { Kept } from './client-storage.ts';
import type { Cursor } from './cursors.ts';

/** Reasons after which the document can be opened afresh at once. */
const REOPEN = /^(epoch|may_not_write|update_)/;

/**
 * A live document for a page: the same as `LiveDocument`, as runes. When the document has to be opened
 * afresh (a new epoch, a refusal), `document` is replaced; mount the editor on it by key.
 */
export class Live {
	document = $state.raw<LiveDocument>()!;
	state = $state<LiveState>('connecting');
	writable = $state(false);
	unsaved = $state(0);
	/** False: this device could not store the last edits, a reload would lose them. */
	durable = $state(true);
	cursors = $state.raw<Cursor[]>([]);
	counts = $state.raw({ writing: 0, reading: 0 });
	/** Work the server did not take, to be read, copied or dismissed by its author. */
	kept = $state.raw<Kept[]>([]);
	/** Why it stopped, when it stopped for good: `protocol_too_old` asks for a reload of the page. */
	reason = $state<string | null>(null);
	readonly #personId: string;
	readonly #documentId: string;
	readonly #onremarks: () => void;
	#refused = 0;
	#closed = false;
	#drawing = 0;

	/** `onremarks` is told when people said something about the text. */
	constructor(personId: string, documentId: string, onremarks: () => void = () => {}) {
		this.#onremarks = onremarks;
		this.#personId = personId;
		this.#documentId = documentId;
		this.#open();
	}

	/** Forgets a piece of kept work. */
	async dismiss(id: number): Promise<void> {
		const storage = browserStorage(this.#personId, this.#documentId);
		await storage.dropKept(id);
		this.kept = await storage.kept();
		storage.close();
	}

	/** Call when the page is left, and also when it is hidden: it may never come back. */
	async close(): Promise<void> {
		this.#closed = true;
		cancelAnimationFrame(this.#drawing);
		await this.document.close();
	}

	#open(): void {
		const storage = browserStorage(this.#personId, this.#documentId);
		const document = openLiveDocument({ documentId: this.#documentId, storage });
		const readKept = async () => void (this.kept = await storage.kept());
		void readKept();
		document.on('change', () => this.#changed(document));
		document.on('kept', () => {
			void readKept().then(() => this.#reopen(document));
		});
		document.on('remarks', this.#onremarks);
		document.on('company', () => this.#drawSoon());
		document.doc.on('update', () => this.#drawSoon());
		this.document = document;
	}

	#changed(document: LiveDocument): void {
		if (document !== this.document) return;
		this.state = document.state;
		this.writable = document.writable;
		this.unsaved = document.unsaved;
		this.durable = document.durable;
		this.reason = document.reason;
	}

	/** After a refusal at most twice, so that a broken client does not knock for ever. */
	#reopen(document: LiveDocument): void {
		const { reason } = document;
		if (this.#closed || document !== this.document || !reason || !REOPEN.test(reason)) return;
		if (reason.startsWith('update_') && (this.#refused += 1) > 2) return;
		void document.close();
		this.#open();
	}

	#drawSoon(): void {
		if (this.#drawing) return;
		this.#drawing = requestAnimationFrame(() => {
			this.#drawing = 0;
			this.cursors = this.document.cursors();
			this.counts = this.document.counts;
		});
	}
}
