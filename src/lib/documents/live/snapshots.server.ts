import { digest } from './chain.server.ts';
import { writeSnapshot } from './log.server.ts';
import type { Room } from './room.server.ts';

const ROWS = 500;
const BYTES = 64 * 1024;
/** However busy a document is, its snapshot is not put off for more rows than this. */
const MOST_ROWS = 4 * ROWS;
const APART_MS = 2_000;
/** A state this large is worth an administrator's look: a new epoch makes it small again. */
const LARGE_STATE = 4 * 1024 * 1024;

/** Keeps one document's snapshots fresh, off the path of its edits. */
export class Snapshots {
	readonly #room: Room;
	#writing: Promise<void> | null = null;
	#writtenAt = -Infinity;

	constructor(room: Room) {
		this.#room = room;
	}

	/** After a frame: writes a snapshot soon if the tail has grown long. */
	consider(): void {
		const { tailRows, tailBytes } = this.#room;
		if (tailRows < ROWS && tailBytes < BYTES) return;
		if (this.#writing || performance.now() - this.#writtenAt < APART_MS) return;
		setImmediate(() => {
			const busy = this.#room.waiting > 0 && this.#room.tailRows < MOST_ROWS;
			if (!busy) this.write().catch(() => undefined);
		});
	}

	/**
	 * Writes a snapshot now if there is anything new; a failed room is never stored, and a branch, which is
	 * little on top of its main text, only when it has grown long.
	 */
	write(): Promise<void> {
		const { failed, tailRows, base } = this.#room;
		if (failed || tailRows < (base ? ROWS : 1)) return this.#writing ?? Promise.resolve();
		this.#writing ??= this.#write().finally(() => {
			this.#writing = null;
			this.#writtenAt = performance.now();
		});
		return this.#writing;
	}

	async #write(): Promise<void> {
		const { house, text, documentId } = this.#room;
		await text.build();
		if (this.#room.failed) return;
		const { epoch, seq } = this.#room;
		const rows = this.#room.tailRows;
		const bytes = this.#room.tailBytes;
		const state = Buffer.from(text.compact());
		if (state.length > LARGE_STATE) {
			const size = state.length;
			house.log.warn({ alarm: 'state_large', documentId, size }, 'a document has grown large');
		}
		try {
			const snapshot = {
				documentId,
				epoch,
				seq,
				state,
				checksum: digest(state),
				at: house.clock()
			};
			await house.store.transact((tx) => writeSnapshot(tx, snapshot));
			this.#room.tailRows -= rows;
			this.#room.tailBytes -= bytes;
		} catch (error) {
			house.log.error({ err: error, documentId, alarm: 'snapshot_failed' }, 'no snapshot written');
			throw error;
		}
	}
}
