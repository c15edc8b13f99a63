import * as Y from 'yjs';
import { Forbidden, TooMany } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { Right } from '../messages.ts';
import { digest, rowHash } from './chain.server.ts';
import type { Committed } from './committed.ts';
import { checkUpdate, type Known } from './guard.ts';
import { Leases } from './leases.server.ts';
import type { Loaded } from './load.server.ts';
import { Reach } from './reach.ts';
import type { UpdateRow } from './schema.server.ts';
import type { Seat } from './seat.server.ts';

/** More than this waiting for the disk: further updates are refused until it answers. */
const LONGEST_QUEUE = 10_000;
const LARGEST_QUEUE = 16 * 1024 * 1024;

/** An update that passed the guard and waits for the disk. `row` is null when nothing in it is new. */
export interface Pending {
	personId: string;
	sessionId: string;
	client: number;
	clockFrom: number;
	clockLen: number;
	update: Uint8Array | null;
	/** Who is told: a connection and its message number, or a server-side writer. */
	seat: Seat | null;
	n: number;
	/** When it came in, by the process's steady clock. */
	at?: number;
	settle?: (error: unknown, seq: number) => void;
	/** When it is suggested words that a decision takes in, or takes out again. */
	accepted?: Required<Pick<UpdateRow, 'branchId' | 'acceptedBy' | 'decisionId'>>;
}

/** Updates on their way to the disk, with the rows they become. */
export interface Batch {
	pending: Pending[];
	rows: UpdateRow[];
}

/**
 * One open document. `text` holds exactly what is committed; what has arrived since is in the queue,
 * and in `#clocks`, so that the next update can be measured against both.
 */
export class Room {
	readonly house: House;
	readonly documentId: string;
	readonly text: Committed;
	/** Of a branch: the main text it lies on, and the row up to which it is in `text`. */
	readonly base: { readonly documentId: string; seq: number } | null;
	readonly leases: Leases;
	readonly seats = new Set<Seat>();
	/** Rights as last decided, by person ('' is anybody without an account). */
	readonly rights = new Map<string, Right>();
	/** How often each person's right has been asked for again. */
	readonly asked = new Map<string, number>();
	epoch: number;
	seq: number;
	hash: Buffer;
	changedAt: number;
	tailRows: number;
	tailBytes: number;
	/** Set when the room can no longer be trusted to match the database; it is then never stored. */
	failed = false;
	usedAt = performance.now();
	#flying = 0;
	#queue: Pending[] = [];
	#queuedBytes = 0;
	readonly #clocks = new Map<number, number>();
	readonly #reach: Reach;
	#sender = '';
	readonly #known: Known;

	constructor(house: House, documentId: string, loaded: Loaded) {
		const { text, head, tailRows, tailBytes, base = null } = loaded;
		this.house = house;
		this.documentId = documentId;
		this.text = text;
		this.epoch = head.epoch;
		this.seq = head.seq;
		this.hash = head.hash;
		this.changedAt = head.changedAt;
		this.tailRows = tailRows;
		this.tailBytes = tailBytes;
		this.base = base;
		this.leases = base
			? new Leases(house, base.documentId, head.epoch, documentId)
			: new Leases(house, documentId, head.epoch);
		this.#reach = new Reach(text);
		this.#known = {
			clockOf: (client) => this.#clocks.get(client) ?? Y.getState(text.doc.store, client),
			isLeased: (client) => this.leases.isOf(client, this.#sender),
			reach: this.#reach
		};
	}

	/** The committed text, built if it is not yet (see `Committed`). */
	get doc(): Y.Doc {
		return this.text.doc;
	}

	get body(): Y.Text {
		return this.text.body;
	}

	/** Updates that are not on disk yet: in the queue, or in the transaction that runs. */
	get waiting(): number {
		return this.#queue.length + this.#flying;
	}

	/** Takes an update into the queue, or throws: Forbidden, TooMany, RefusedUpdate. */
	receive(from: Pick<Pending, 'personId' | 'sessionId' | 'seat' | 'n'>, update: Uint8Array): void {
		if (this.failed) throw new TooMany('document_reopening', { seconds: 1 });
		if (this.rights.get(from.personId) !== 'write') {
			throw new Forbidden('may_not_write');
		}
		if (this.#queue.length >= LONGEST_QUEUE || this.#queuedBytes >= LARGEST_QUEUE) {
			throw new TooMany('document_busy', { seconds: 2 });
		}
		this.#sender = from.personId;
		const { client, clockFrom, clockLen, deletes } = checkUpdate(update, this.#known);
		const end = clockFrom + clockLen;
		// What is known of it was sent before: only the rest counts, and is this sender's.
		const start = clockLen > 0 ? Math.max(clockFrom, this.#known.clockOf(client)) : 0;
		const isNew = end > start || deletesNew(this.doc, deletes);
		if (end > start) {
			this.#clocks.set(client, end);
			this.#reach.queue();
		}
		this.#push({
			...from,
			at: performance.now(),
			client: end > start ? client : 0,
			clockFrom: end > start ? start : 0,
			clockLen: Math.max(0, end - start),
			update: isNew ? update : null
		});
	}

	/** Takes an update that the house itself made on top of the committed text. */
	receiveOwn(pending: Pending): void {
		if (this.failed) throw new TooMany('document_reopening', { seconds: 1 });
		if (pending.clockLen > 0)
			this.#clocks.set(pending.client, pending.clockFrom + pending.clockLen);
		this.#push(pending);
	}

	#push(pending: Pending): void {
		this.#queuedBytes += pending.update?.length ?? 0;
		this.#queue.push(pending);
	}

	/** The queue as rows that follow the last one; the queue is empty afterwards. */
	take(): Batch {
		const pending = this.#queue;
		this.#queue = [];
		this.#queuedBytes = 0;
		return this.#numbered(pending);
	}

	/** Rows of the house's own that follow the last one, past the queue, which goes on waiting. */
	own(pending: Pending[]): Batch {
		if (this.failed) throw new TooMany('document_reopening', { seconds: 1 });
		return this.#numbered(pending);
	}

	#numbered(pending: Pending[]): Batch {
		this.#flying = pending.length;
		const rows: UpdateRow[] = [];
		const at = this.house.clock();
		let { seq, hash } = this;
		for (const { personId, sessionId, client, clockFrom, clockLen, update, accepted } of pending) {
			if (!update) continue;
			seq += 1;
			const bytes = Buffer.from(update.buffer, update.byteOffset, update.byteLength);
			const facts = { documentId: this.documentId, epoch: this.epoch, seq, personId, sessionId };
			const made = { client, clockFrom, clockLen, at, prevHash: hash, erased: false };
			const row = { ...facts, ...made, ...accepted };
			hash = rowHash(hash, digest(bytes), row);
			rows.push({ ...row, update: bytes, hash });
		}
		return { pending, rows };
	}

	/** The commit failed: everything waits again, in front of what has come since. */
	putBack({ pending }: Batch): void {
		this.#flying = 0;
		this.#queue = pending.concat(this.#queue);
		for (const { update } of pending) this.#queuedBytes += update?.length ?? 0;
	}

	/**
	 * The commit is through: the rows become part of the text. Returns what they changed in it, as one
	 * update: Yjs puts it together anyway, and it is smaller than its parts.
	 */
	apply({ rows }: Batch): Uint8Array[] {
		this.#flying = 0;
		this.usedAt = performance.now();
		const news: Uint8Array[] = [];
		const hear = (update: Uint8Array) => news.push(update);
		if (rows.length > 0) {
			const { doc } = this;
			doc.on('update', hear);
			this.text.apply(rows.map(({ update }) => update));
			doc.off('update', hear);
			const last = rows.at(-1)!;
			this.seq = last.seq;
			this.hash = last.hash;
			this.changedAt = last.at;
			this.tailRows += rows.length;
			for (const { update } of rows) this.tailBytes += update.length;
		}
		if (this.#queue.length === 0) {
			this.#reach.clear();
			this.#clocks.clear();
		}
		return news;
	}

	/** Gives up on what waits; its senders keep it and send it again. */
	drop(error: unknown): Pending[] {
		const dropped = this.#queue;
		this.#queue = [];
		this.#queuedBytes = 0;
		this.#reach.clear();
		this.#clocks.clear();
		for (const { settle } of dropped) settle?.(error, 0);
		return dropped;
	}
}

/** Whether any unit of these ranges (client, clock, length, …) is not deleted yet. */
function deletesNew(doc: Y.Doc, ranges: number[]): boolean {
	for (let at = 0; at < ranges.length; at += 3) {
		const [client, clock, length] = ranges.slice(at, at + 3) as [number, number, number];
		const structs = doc.store.clients.get(client);
		if (!structs || clock + length > Y.getState(doc.store, client)) return true;
		for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
			const struct = structs[index]!;
			if (struct.id.clock >= clock + length) break;
			if (!struct.deleted) return true;
		}
	}
	return false;
}
