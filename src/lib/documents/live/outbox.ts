import * as Y from 'yjs';
import type { LiveStorage, StoredUpdate } from './client-storage.ts';

/** One message's updates stay below this, far under what the server refuses. */
const LARGEST_MESSAGE = 64 * 1024;
/** Merging costs more than it saves beyond this many. */
const MOST_MERGED = 100;
/** Messages on their way; more wait, so that a long offline spell does not arrive as one flood. */
const MOST_SENT = 32;

/**
 * A client's own work on its way to the server: gathered for a moment, stored, sent, and forgotten
 * only when the server says that it is on disk.
 */
export class Outbox {
	readonly #storage: LiveStorage;
	readonly #changed: () => void;
	readonly #gatherMs: number;
	#gathered: Omit<StoredUpdate, 'n'>[] = [];
	#storing: Promise<void> = Promise.resolve();
	#storingCount = 0;
	#stored: StoredUpdate[] = [];
	/** Numbers of the messages on their way, in order. */
	#sent: number[] = [];
	#send: ((n: number, update: Uint8Array) => void) | null = null;
	#last = 0;
	/** Whether the last update is stored on this device. */
	durable = true;
	#timer: ReturnType<typeof setTimeout> | null = null;

	constructor(storage: LiveStorage, changed: () => void, gatherMs: number) {
		this.#storage = storage;
		this.#changed = changed;
		this.#gatherMs = gatherMs;
	}

	/** Updates that are not on the server's disk yet. */
	get unsaved(): number {
		return this.#gathered.length + this.#storingCount + this.#stored.length;
	}

	/** Takes up what an earlier page left behind. */
	resume(updates: StoredUpdate[]): void {
		this.#stored = updates;
		this.#last = updates.at(-1)?.n ?? 0;
	}

	/** Takes one transaction's update. */
	add(row: Omit<StoredUpdate, 'n'>): void {
		this.#gathered.push(row);
		this.#timer ??= setTimeout(() => this.gather(), this.#gatherMs);
		this.#changed();
	}

	/** Stores what was gathered and sends it. Resolves when it is stored. */
	gather(): Promise<void> {
		if (this.#timer) clearTimeout(this.#timer);
		this.#timer = null;
		const rows = merged(this.#gathered);
		this.#gathered = [];
		this.#storingCount += rows.length;
		for (const row of rows) {
			this.#storing = this.#storing.then(async () => {
				// A full disk must not stop the work from being sent: it is then only not safe from a reload.
				const n = await this.#storage.append(row).catch(() => null);
				this.durable = n !== null;
				this.#last = n ?? this.#last + 1;
				this.#storingCount -= 1;
				this.#stored.push({ ...row, n: this.#last });
				this.#pump();
			});
		}
		return this.#storing;
	}

	/** The way to the server is open: everything not acknowledged goes (again), in order. */
	open(send: (n: number, update: Uint8Array) => void): void {
		this.#send = send;
		this.#sent = [];
		this.#pump();
	}

	shut(): void {
		this.#send = null;
		this.#sent = [];
	}

	/** Everything up to `n` is on the server's disk. */
	saved(n: number): void {
		const done = this.#stored.filter((row) => row.n <= n).map((row) => row.n);
		this.#stored = this.#stored.filter((row) => row.n > n);
		this.#sent = this.#sent.filter((number) => number > n);
		// What could not be forgotten is sent once more by a later page, and known by then.
		if (done.length > 0) void this.#storage.forget(done).catch(() => undefined);
		this.#pump();
		this.#changed();
	}

	/** Takes everything out: it will never be sent. */
	async takeAll(): Promise<StoredUpdate[]> {
		this.shut();
		await this.gather();
		const all = this.#stored;
		this.#stored = [];
		this.#changed();
		return all;
	}

	#pump(): void {
		while (this.#send && this.#sent.length < MOST_SENT) {
			const after = this.#sent.at(-1) ?? 0;
			const first = this.#stored.findIndex((row) => row.n > after);
			if (first < 0) return;
			const rows = joinable(this.#stored, first);
			const n = rows.at(-1)!.n;
			this.#sent.push(n);
			const updates = rows.map((row) => row.update);
			this.#send(n, updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates));
		}
	}
}

/** The rows from `first` on that fit into one message: of one client, since a message has one author. */
function joinable(rows: StoredUpdate[], first: number): StoredUpdate[] {
	const taken: StoredUpdate[] = [];
	let client = 0;
	let size = 0;
	for (const row of rows.slice(first, first + MOST_MERGED)) {
		const other = client !== 0 && row.client !== 0 && row.client !== client;
		if (taken.length > 0 && (other || size + row.update.length > LARGEST_MESSAGE)) break;
		taken.push(row);
		client ||= row.client;
		size += row.update.length;
	}
	return taken;
}

function merged<Row extends { client: number; epoch: number; update: Uint8Array }>(rows: Row[]) {
	const out: Row[] = [];
	let group: Row[] = [];
	const close = () => {
		const [first] = group;
		if (first) {
			const update = group.length === 1 ? first.update : Y.mergeUpdates(group.map((r) => r.update));
			out.push({ ...first, client: group.find((row) => row.client)?.client ?? 0, update });
		}
		group = [];
	};
	let size = 0;
	for (const row of rows) {
		const client = group.find((one) => one.client)?.client;
		const other = client && row.client && row.client !== client;
		if (other || group.length >= MOST_MERGED || size + row.update.length > LARGEST_MESSAGE) {
			close();
			size = 0;
		}
		group.push(row);
		size += row.update.length;
	}
	close();
	return out;
}
