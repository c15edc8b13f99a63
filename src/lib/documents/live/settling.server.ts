import { socketError } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { Meter } from '#lib/server/metrics.ts';
import type { Settling } from './frames.server.ts';
import type { Batch } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import type { Seat } from './seat.server.ts';

/** What follows a commit, or the end of waiting for one. */
export function settlingOf(house: House, rooms: Rooms, meter?: Meter): Settling {
	return {
		settled(room, batch) {
			const opened = rooms.peek(room.documentId);
			if (opened?.room !== room) return 0;
			let news = batch.rows.map(({ update }): Uint8Array => update);
			try {
				// One update for the frame: Yjs has just put it together, and it is smaller than its parts.
				news = room.apply(batch);
			} catch (error) {
				// It is on disk, so it counts; but this copy of the text is no longer to be trusted.
				room.failed = true;
				const { documentId } = room;
				house.log.error({ err: error, documentId, alarm: 'apply_failed' }, 'a room was closed');
			}
			const sockets = opened.delivery.frame(batch, news);
			if (meter) measure(meter, batch);
			let { seq } = room;
			for (const pending of batch.pending.toReversed()) {
				pending.settle?.(null, seq);
				if (pending.update) seq -= 1;
			}
			if (room.failed) showOut(rooms, room.documentId);
			else opened.snapshots.consider();
			return sockets;
		},

		dropped(room, error) {
			const refusal = socketError(error);
			// Once for each: whoever is refused is closed, and sends everything again.
			const first = new Map<Seat, number>();
			for (const { seat, n } of room.drop(error)) if (seat && !first.has(seat)) first.set(seat, n);
			for (const [seat, n] of first) seat.refuse(n, refusal);
			house.log.error({ documentId: room.documentId, ...refusal }, 'waiting updates were given up');
			showOut(rooms, room.documentId, room.failed);
		}
	};
}

function measure(meter: Meter, { pending, rows }: Batch): void {
	const now = performance.now();
	meter.frame(rows.length);
	for (const { at } of pending) if (at !== undefined) meter.acknowledged(now - at);
}

/** Closes every connection to a document; they come back by themselves and send again. */
function showOut(rooms: Rooms, documentId: string, discard = true): void {
	const opened = rooms.peek(documentId);
	if (!opened) return;
	if (discard) rooms.discard(documentId);
	for (const seat of opened.room.seats) seat.wire.close();
}
