import { setTimeout as delay } from 'node:timers/promises';
import { Conflict, TooMany } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { Recording, Rows } from './acceptance.server.ts';
import { appendRows, moveHead } from './append.server.ts';
import type { Batch, Pending, Room } from './room.server.ts';

/** How frames are timed. All in milliseconds. */
export interface Timing {
	/** The shortest time from one frame to the next. */
	window: number;
	/** Added to it for each of the first hundred sockets that the last frame went to. */
	perSocket: number;
	/** Added for each further one: a crowd is given less of each second than it would cost. */
	perFurther: number;
	widest: number;
	/** How long a disk that does not answer is waited for. */
	patience: number;
}

export const TIMING: Timing = {
	window: 16,
	perSocket: 0.1,
	perFurther: 0.05,
	widest: 250,
	patience: 30_000
};
const CROWD = 100;

/** What happens to a room around a commit. */
export interface Settling {
	/** The batch is on disk and in the text: tell everybody. Returns how many sockets were written. */
	settled(room: Room, batch: Batch): number;
	/** The room's queue was given up; the room itself too when it no longer matches the database. */
	dropped(room: Room, error: unknown): void;
}

/**
 * The clock of the engine. An update that comes when all is quiet is committed at once; under load
 * everything that arrives within a window, in all documents, goes to disk in one transaction.
 */
export class Frames {
	readonly #house: House;
	readonly #settling: Settling;
	readonly #timing: Timing;
	readonly #waiting = new Set<Room>();
	#running: Promise<void> | null = null;
	#scheduled = false;
	#nextAt = 0;
	#sockets = 0;

	constructor(house: House, settling: Settling, timing: Timing) {
		this.#house = house;
		this.#settling = settling;
		this.#timing = timing;
	}

	/** The room has something to commit. */
	request(room: Room): void {
		this.#waiting.add(room);
		this.#schedule();
	}

	/** Commits what waits now, and ends when nothing waits any more. */
	async flush(): Promise<void> {
		while (this.#running || this.#waiting.size > 0) {
			await (this.#running ?? this.#run());
		}
	}

	/**
	 * Commits rows of the house's own together with what `record` writes, apart from everybody's frames:
	 * when it fails nothing of it is written, and what others sent waits for its own frame as ever.
	 * Returns the numbers of the rows; throws what `record` throws.
	 */
	async alone(room: Room, pending: Pending[], record: Recording): Promise<Rows> {
		while (this.#running) await this.#running;
		const done = this.#alone(room, room.own(pending), record);
		this.#running = done.then(
			() => this.#after(),
			() => this.#after()
		);
		return done;
	}

	async #alone(room: Room, batch: Batch, record: Recording): Promise<Rows> {
		const numbers = { from: room.seq + 1, to: room.seq + batch.rows.length };
		try {
			await this.#house.store.transact(async (tx) => {
				if (batch.rows.length > 0) {
					await moveHead(tx, batch.rows);
					await appendRows(tx, batch.rows);
				}
				await record(tx, numbers);
			});
		} catch (error) {
			room.putBack({ pending: [], rows: [] });
			if (isMoved(error, room)) {
				room.failed = true;
				this.#settling.dropped(room, error);
			}
			throw error;
		}
		this.#settling.settled(room, batch);
		return numbers;
	}

	#after(): void {
		this.#running = null;
		if (this.#waiting.size > 0) this.#schedule();
	}

	#schedule(): void {
		if (this.#scheduled || this.#running) return;
		this.#scheduled = true;
		const wait = this.#nextAt - performance.now();
		const start = () => {
			this.#scheduled = false;
			if (!this.#running && this.#waiting.size > 0) void this.#run();
		};
		if (wait <= 0) setImmediate(start);
		else setTimeout(start, wait);
	}

	#run(): Promise<void> {
		const started = performance.now();
		this.#running = this.#frame().finally(() => {
			this.#nextAt = started + pauseAfter(this.#sockets, this.#timing);
			this.#running = null;
			if (this.#waiting.size > 0) this.#schedule();
		});
		return this.#running;
	}

	async #frame(): Promise<void> {
		const rooms = [...this.#waiting];
		this.#waiting.clear();
		const batches = rooms.map((room) => [room, room.take()] as const);
		const error = await this.#commit(batches.map(([, batch]) => batch));
		this.#sockets = 0;
		for (const [room, batch] of batches) {
			if (error === null) {
				this.#sockets += this.#settling.settled(room, batch);
				continue;
			}
			room.putBack(batch);
			const moved = isMoved(error, room);
			if (moved) room.failed = true;
			if (moved || error instanceof TooMany) this.#settling.dropped(room, error);
			else this.#waiting.add(room);
		}
	}

	/** One transaction for all; null when it is through. Waits for a disk that is busy, within bounds. */
	async #commit(batches: Batch[]): Promise<unknown> {
		const filled = batches.map(({ rows }) => rows).filter((rows) => rows.length > 0);
		if (filled.length === 0) return null;
		const until = performance.now() + this.#timing.patience;
		for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
			try {
				await this.#house.store.transact(async (tx) => {
					for (const rows of filled) await moveHead(tx, rows);
					await appendRows(tx, filled.flat());
				});
				return null;
			} catch (error) {
				if (error instanceof Conflict) return error;
				this.#house.log.error({ err: error, alarm: 'commit_failed' }, 'a frame was not committed');
				if (performance.now() + pause > until) return new TooMany('database_busy', { seconds: 5 });
				await delay(pause);
			}
		}
	}
}

/** Whether somebody else wrote this room's log. */
function isMoved(error: unknown, { documentId }: Room): boolean {
	return error instanceof Conflict && error.params.document === documentId;
}

/** How long the next frame is put off when the last one went to so many sockets. */
function pauseAfter(sockets: number, { window, perSocket, perFurther, widest }: Timing): number {
	const crowd = Math.min(sockets, CROWD);
	return Math.min(widest, window + perSocket * crowd + perFurther * (sockets - crowd));
}
