import { avatarColour } from '#lib/ui/avatar.ts';
import type { RemoteCursor } from './editor/overlay.ts';
import type { Kept, LiveStorage } from './live/client-storage.ts';
import { browserStorage } from './live/client-storage-idb.ts';
import { memoryStorage } from './live/client-storage.ts';
import { openLiveDocument, type LiveDocument, type LiveState } from './live/client.ts';

/** A live text as a page sees it: everything here is state that a component may read. */
export class Writing {
	readonly live: LiveDocument;
	state = $state<LiveState>('connecting');
	writable = $state(false);
	durable = $state(true);
	/** Why it ended: a code, or null while it goes on. */
	reason = $state<string | null>(null);
	counts = $state.raw({ writing: 0, reading: 0 });
	/** The others who write here. */
	others = $state.raw<Array<{ id: string; name: string; initials: string }>>([]);
	cursors = $state.raw<RemoteCursor[]>([]);
	/** One's own work that the server did not take. */
	kept = $state.raw<Kept[]>([]);
	readonly #storage: LiveStorage;
	readonly #stop: Array<() => void>;

	constructor(documentId: string, personId: string | null, write: boolean) {
		// A visitor has nothing to keep: what they read is the server's.
		this.#storage = personId ? browserStorage(personId, documentId) : memoryStorage();
		const mode = write ? 'write' : 'read';
		this.live = openLiveDocument({ documentId, storage: this.#storage, mode });
		this.#stop = [
			this.live.on('change', () => this.#changed()),
			this.live.on('company', () => this.#companyChanged()),
			this.live.on('kept', () => void this.#loadKept())
		];
		void this.#loadKept();
	}

	/** Where the Saved indicator stands. */
	get saved(): 'saving' | 'saved' | 'offline' {
		if (this.state === 'saving' || this.state === 'connecting') return 'saving';
		return this.state === 'offline' ? 'offline' : 'saved';
	}

	/** The author has what was theirs: it need not stay on this device. */
	async dropKept(id: number): Promise<void> {
		await this.#storage.dropKept(id);
		await this.#loadKept();
	}

	/** Cursors are kept as places in the text; after a change of the text they are looked up again. */
	placeCursors(): void {
		this.cursors = this.live.cursors().flatMap(({ tag, personId, name, selection }) =>
			selection
				? [
						{
							key: String(tag),
							name,
							colour: avatarColour(personId) + 1,
							anchor: selection.from,
							head: selection.to
						}
					]
				: []
		);
	}

	async close(): Promise<void> {
		for (const stop of this.#stop) stop();
		await this.live.close();
	}

	#changed(): void {
		this.state = this.live.state;
		this.writable = this.live.writable;
		this.durable = this.live.durable;
		this.reason = this.live.reason;
	}

	#companyChanged(): void {
		this.counts = this.live.counts;
		const people = new Map<string, { id: string; name: string; initials: string }>();
		for (const { personId, name, initials } of this.live.cursors()) {
			people.set(personId, { id: personId, name, initials });
		}
		this.others = [...people.values()];
		this.placeCursors();
	}

	async #loadKept(): Promise<void> {
		this.kept = await this.#storage.kept().catch(() => []);
	}
}
