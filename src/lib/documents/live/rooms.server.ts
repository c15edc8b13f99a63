import * as Y from 'yjs';
import { Conflict } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import { originOf } from '../branches/origin.server.ts';
import { Delivery, type Patience } from './delivery.server.ts';
import { loadDocument, type Loaded } from './load.server.ts';
import { Presence } from './presence.server.ts';
import { Readings } from './readings.server.ts';
import { Room } from './room.server.ts';
import { Snapshots } from './snapshots.server.ts';

/** After this long without an edit the snapshot is brought up to date. */
const QUIET_MS = 5_000;

/** An open document with everything that looks after it. */
export interface Opened {
	room: Room;
	delivery: Delivery;
	presence: Presence;
	snapshots: Snapshots;
	readings: Readings;
}

/** The documents that are open, each loaded once however many ask for it at the same time. */
export class Rooms {
	readonly #house: House;
	readonly #idleMs: number;
	readonly #patience: Patience;
	readonly #loading = new Map<string, Promise<Opened>>();
	readonly #open = new Map<string, Opened>();
	readonly #sweep: NodeJS.Timeout;

	constructor(house: House, idleMs: number, patience: Patience) {
		this.#house = house;
		this.#patience = patience;
		this.#idleMs = idleMs;
		const period = Math.max(20, Math.min(5_000, idleMs / 2));
		this.#sweep = setInterval(() => void this.#closeIdle(), period).unref();
	}

	/** The document, opened if need be. NotFound when there is none. */
	async get(documentId: string): Promise<Opened> {
		const open = this.#open.get(documentId);
		if (open) {
			open.room.usedAt = performance.now();
			return open;
		}
		let loading = this.#loading.get(documentId);
		if (!loading) {
			loading = this.#load(documentId).finally(() => this.#loading.delete(documentId));
			this.#loading.set(documentId, loading);
		}
		return loading;
	}

	/** The document if it is open already. */
	peek(documentId: string): Opened | undefined {
		return this.#open.get(documentId);
	}

	all(): Opened[] {
		return [...this.#open.values()];
	}

	/** Forgets a room as it is, so that the next who asks reads the database again. */
	discard(documentId: string): void {
		const opened = this.#open.get(documentId);
		if (!opened) return;
		this.#open.delete(documentId);
		opened.delivery.close();
		opened.presence.close();
		opened.room.text.close();
	}

	/** Writes what is not in a snapshot yet and closes all. */
	async close(): Promise<void> {
		clearInterval(this.#sweep);
		await Promise.allSettled(this.#loading.values());
		for (const opened of this.all()) {
			await this.#store(opened);
			this.discard(opened.room.documentId);
		}
	}

	async #load(documentId: string): Promise<Opened> {
		const room = new Room(this.#house, documentId, await this.#read(documentId));
		const delivery = new Delivery(room, this.#patience);
		const presence = new Presence(documentId, delivery);
		const [snapshots, readings] = [new Snapshots(room), new Readings(room)];
		const opened = { room, delivery, presence, snapshots, readings };
		this.#open.set(documentId, opened);
		return opened;
	}

	/** Reads a text from the database; a branch lies on the main text as it is now. */
	async #read(documentId: string): Promise<Loaded> {
		const origin = await originOf(this.#house.store.db, documentId);
		if (!origin) return loadDocument(this.#house, documentId);
		const { room: main } = await this.get(origin.documentId);
		if (main.epoch !== origin.epoch) throw new Conflict('branch_outdated');
		const base = { documentId: origin.documentId, seq: main.seq };
		return { ...(await loadDocument(this.#house, documentId, [main.text.since()])), base };
	}

	/** Brings a branch up to date with its main text, also for those who have it open. */
	async catchUp({ room, delivery, readings }: Opened): Promise<void> {
		if (!room.base) return;
		const { room: main } = await this.get(room.base.documentId);
		if (main.epoch !== room.epoch) throw new Conflict('branch_outdated');
		if (main.seq === room.base.seq) return;
		await room.text.build();
		const news = main.text.since(Y.encodeStateVector(room.doc));
		room.text.apply([news]);
		// What is new comes with all that main ever deleted: it is kept once.
		room.text.compact();
		room.base.seq = main.seq;
		readings.forget();
		delivery.refresh(news);
	}

	/** The branches of a document that are open. */
	branchesOf(documentId: string): Opened[] {
		return this.all().filter(({ room }) => room.base?.documentId === documentId);
	}

	/** Puts beside the log what lets the document be opened without delay. */
	async #store({ room, snapshots, readings }: Opened): Promise<void> {
		await snapshots.write().catch(() => undefined);
		await readings.keep().catch((error: unknown) => {
			const { documentId } = room;
			this.#house.log.error({ err: error, documentId }, 'the blocks of a text were not stored');
		});
	}

	async #closeIdle(): Promise<void> {
		const quiet = (room: Room, ms: number) =>
			room.waiting === 0 && room.usedAt < performance.now() - ms;
		const idle = (room: Room) => room.seats.size === 0 && quiet(room, this.#idleMs);
		for (const opened of this.all()) {
			if (quiet(opened.room, QUIET_MS) || idle(opened.room)) {
				await this.#store(opened);
			}
			if (!idle(opened.room)) continue;
			const same = this.#open.get(opened.room.documentId) === opened;
			if (same && idle(opened.room)) this.discard(opened.room.documentId);
		}
	}
}
