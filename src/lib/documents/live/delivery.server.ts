import * as Y from 'yjs';
import type { Prepared } from '#lib/server/live/wire.ts';
import type { Batch, Room } from './room.server.ts';
import { message, type Seat } from './seat.server.ts';

/** When a connection counts as behind, and when it is given up; the others never notice it. */
export interface Patience {
	/** More than this waiting for a socket: it gets no more frames until it has caught up. */
	staleBytes: number;
	lostBytes: number;
	lostMs: number;
}

export const PATIENCE: Patience = {
	staleBytes: 1024 * 1024,
	lostBytes: 8 * 1024 * 1024,
	lostMs: 30_000
};
const CAUGHT_UP_BYTES = 64 * 1024;
const CHECK_MS = 250;
/** A lively discussion is fetched again this often and no more. */
const REMARKS_MS = 500;
/** Readers wait longer the more of them there are, so that a crowd costs no more than this. */
const READERS_PER_SECOND = 25_000;

/** Brings what was committed to everybody in one document's rooms: writers, readers, pages. */
export class Delivery {
	readonly #room: Room;
	readonly #patience: Patience;
	readonly #writers = new Set<Seat>();
	readonly #readers = new Set<Seat>();
	readonly #pages = new Set<Seat>();
	readonly #stale = new Set<Seat>();
	#held: Uint8Array[] = [];
	#readersDue: NodeJS.Timeout | null = null;
	#pagesDue: NodeJS.Timeout | null = null;
	#check: NodeJS.Timeout | null = null;
	#remarksDue: NodeJS.Timeout | null = null;

	constructor(room: Room, patience: Patience) {
		this.#room = room;
		this.#patience = patience;
	}

	get writers(): ReadonlySet<Seat> {
		return this.#writers;
	}

	/** Bytes that wait for the slowest of all. */
	get backlog(): number {
		const all = [...this.#writers, ...this.#readers, ...this.#pages];
		return Math.max(0, ...all.map(({ wire }) => wire.backlog));
	}

	get reading(): number {
		return this.#readers.size + this.#pages.size;
	}

	/** Puts the seat where it belongs now (again, after its right has changed). */
	place(seat: Seat): void {
		this.remove(seat);
		const group = seat.mode === 'page' ? this.#pages : seat.writes ? this.#writers : this.#readers;
		group.add(seat);
	}

	remove(seat: Seat): void {
		for (const group of [this.#writers, this.#readers, this.#pages, this.#stale]) {
			group.delete(seat);
		}
	}

	/** Sends a committed batch and what it changed; returns how many sockets were written to. */
	frame({ pending, rows }: Batch, updates: Uint8Array[]): number {
		const { documentId: document, epoch, seq } = this.#room;
		const saved = new Map<Seat, number>();
		for (const { seat, n } of pending) if (seat) saved.set(seat, n);
		for (const [seat, n] of saved) seat.saved = n;
		if (rows.length > 0) {
			const pairs = [...saved].flatMap(([seat, n]) => [seat.tag, n]);
			const frame = message('frame', { document, epoch, seq, saved: pairs }, updates);
			for (const seat of this.#writers) this.#send(seat, frame);
			if (this.#readers.size > 0) this.#held.push(...updates);
			this.#schedule();
		}
		for (const [seat, n] of saved) {
			const told = rows.length > 0 && this.#writers.has(seat);
			if (!told && !seat.stale) seat.tell('saved', { n, seq });
		}
		return this.#writers.size;
	}

	/** Sends anything else to all writers. */
	toWriters(prepared: Prepared): void {
		for (const seat of this.#writers) if (!seat.stale) seat.wire.send(prepared);
	}

	/** The main text under a branch has moved on: everybody gets what is new of it. */
	refresh(news: Uint8Array): void {
		const { documentId: document, epoch, seq } = this.#room;
		for (const seat of [...this.#writers, ...this.#readers]) {
			if (seat.stale) continue;
			seat.wire.send(message('state', { document, epoch, seq, saved: seat.saved }, [news]));
		}
	}

	/** What people say about the text changed: whoever shows it may fetch it. */
	remarked(): void {
		this.#remarksDue ??= setTimeout(() => {
			this.#remarksDue = null;
			const news = message('remarks', { document: this.#room.documentId });
			for (const group of [this.#writers, this.#readers, this.#pages]) {
				for (const seat of group) if (!seat.stale) seat.wire.send(news);
			}
		}, REMARKS_MS);
	}

	close(): void {
		for (const timer of [this.#readersDue, this.#pagesDue, this.#check, this.#remarksDue]) {
			if (timer) clearTimeout(timer);
		}
	}

	#send(seat: Seat, prepared: Prepared): void {
		if (seat.stale) return;
		if (seat.wire.send(prepared) <= this.#patience.staleBytes) return;
		seat.stale = { since: performance.now(), vector: Y.encodeStateVector(this.#room.doc) };
		this.#stale.add(seat);
		this.#check ??= setInterval(() => this.#catchUp(), CHECK_MS).unref();
	}

	/** Looks after connections that have fallen behind: one state difference, or the end. */
	#catchUp(): void {
		const { doc, documentId: document, epoch, seq } = this.#room;
		const { lostBytes, lostMs } = this.#patience;
		for (const seat of this.#stale) {
			const { backlog } = seat.wire;
			const { since, vector } = seat.stale!;
			if (backlog > lostBytes || performance.now() - since > lostMs) {
				this.#stale.delete(seat);
				seat.wire.cut();
			} else if (backlog < CAUGHT_UP_BYTES) {
				this.#stale.delete(seat);
				seat.stale = null;
				const news = Y.encodeStateAsUpdate(doc, vector);
				seat.wire.send(message('state', { document, epoch, seq, saved: seat.saved }, [news]));
			}
		}
		if (this.#stale.size > 0 || !this.#check) return;
		clearInterval(this.#check);
		this.#check = null;
	}

	#schedule(): void {
		if (this.#readers.size > 0 && !this.#readersDue) {
			this.#readersDue = setTimeout(() => this.#toReaders(), windowFor(this.#readers.size));
		}
		if (this.#pages.size > 0 && !this.#pagesDue) {
			this.#pagesDue = setTimeout(() => this.#toPages(), windowFor(this.#pages.size));
		}
	}

	#toReaders(): void {
		this.#readersDue = null;
		const { documentId: document, epoch, seq } = this.#room;
		const frame = message('frame', { document, epoch, seq, saved: [] }, this.#held);
		this.#held = [];
		for (const seat of this.#readers) this.#send(seat, frame);
	}

	#toPages(): void {
		this.#pagesDue = null;
		const { documentId: document, epoch, seq } = this.#room;
		const news = message('changed', { document, epoch, seq });
		for (const seat of this.#pages) seat.wire.send(news);
	}
}

function windowFor(crowd: number): number {
	return Math.min(1_000, Math.max(25, (crowd / READERS_PER_SECOND) * 1_000));
}
