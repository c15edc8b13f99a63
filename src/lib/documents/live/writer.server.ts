import type * as Y from 'yjs';
import type { Frames } from './frames.server.ts';
import type { Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import { Workbench, type Made } from './workbench.ts';

export { changeCopy } from './workbench.ts';

/** The session that rows name when the house wrote for a person. */
export const SERVER_SESSION = 'server';
/** How long a workbench is kept for the next edit of the house. */
const BENCH_MS = 20_000;

interface Kept {
	bench: Workbench;
	until: NodeJS.Timeout;
}

/** Edits made by the house for a person: imports, accepted suggestions, the desk's reversals. */
export class Writer {
	readonly #rooms: Rooms;
	readonly #frames: Frames;
	readonly #turns = new Map<string, Promise<unknown>>();
	readonly #clients = new Map<string, number>();
	readonly #benches = new WeakMap<Room, Kept>();

	constructor(rooms: Rooms, frames: Frames) {
		this.#rooms = rooms;
		this.#frames = frames;
	}

	/**
	 * Changes the body on a workbench beside the committed text and sends the difference through the same log
	 * as everybody's. Resolves when it is on disk, with the row's number. One at a time per document.
	 */
	write(
		documentId: string,
		personId: string,
		change: (body: Y.Text) => void
	): Promise<{ seq: number }> {
		return this.turn(documentId, () => this.#write(documentId, personId, change));
	}

	/** Does the house's work on one document, one piece after another. */
	turn<Result>(documentId: string, work: () => Promise<Result>): Promise<Result> {
		const before = this.#turns.get(documentId) ?? Promise.resolve();
		const turn = before.then(work);
		const settled = turn.catch(() => undefined);
		this.#turns.set(documentId, settled);
		void settled.then(() => {
			if (this.#turns.get(documentId) === settled) this.#turns.delete(documentId);
		});
		return turn;
	}

	async #write(documentId: string, personId: string, change: (body: Y.Text) => void) {
		const { room } = await this.#rooms.get(documentId);
		await room.text.build();
		const client = await this.clientOf(room, personId);
		try {
			const made = this.#benchOf(room).make(client, change);
			if (!made) return { seq: room.seq };
			return { seq: await this.#commit(room, personId, made) };
		} catch (error) {
			this.#clear(room);
			throw error;
		}
	}

	#commit(room: Room, personId: string, made: Made): Promise<number> {
		return new Promise((resolve, reject) => {
			room.receiveOwn({
				personId,
				sessionId: SERVER_SESSION,
				...made,
				seat: null,
				n: 0,
				settle: (error, at) => (error ? reject(error as Error) : resolve(at))
			});
			this.#frames.request(room);
		});
	}

	#benchOf(room: Room): Workbench {
		const kept = this.#benches.get(room);
		const bench = kept?.bench ?? new Workbench(room.doc, room.text.since());
		if (kept) kept.until.refresh();
		else {
			const until = setTimeout(() => this.#clear(room), BENCH_MS).unref();
			this.#benches.set(room, { bench, until });
		}
		return bench;
	}

	#clear(room: Room): void {
		const kept = this.#benches.get(room);
		if (!kept) return;
		clearTimeout(kept.until);
		kept.bench.close();
		this.#benches.delete(room);
	}

	/** The client id under which the house writes in this text for a person. */
	async clientOf(room: Room, personId: string): Promise<number> {
		const key = `${room.documentId} ${room.epoch} ${personId}`;
		const known = this.#clients.get(key);
		if (known !== undefined) return known;
		const [granted] = await room.leases.grant({ personId, sessionId: SERVER_SESSION }, 1);
		this.#clients.set(key, granted!);
		return granted!;
	}
}
