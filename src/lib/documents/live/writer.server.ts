import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import type { Frames } from './frames.server.ts';
import type { Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';

/** The session that rows name when the house wrote for a person. */
export const SERVER_SESSION = 'server';

/** Edits made by the house for a person: imports, accepted suggestions, the desk's reversals. */
export class Writer {
	readonly #rooms: Rooms;
	readonly #frames: Frames;
	readonly #turns = new Map<string, Promise<unknown>>();
	readonly #clients = new Map<string, number>();

	constructor(rooms: Rooms, frames: Frames) {
		this.#rooms = rooms;
		this.#frames = frames;
	}

	/**
	 * Changes the body on a copy of the committed text and sends the difference through the same log
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
		const made = changeCopy(room.text.since(), client, change);
		if (!made) return { seq: room.seq };
		const seq = await new Promise<number>((resolve, reject) => {
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
		return { seq };
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

/**
 * What a change to a text comes to when it is made on a copy, under a client id, with the facts its row
 * states; null when it changes nothing.
 */
export function changeCopy(state: Uint8Array, client: number, change: (body: Y.Text) => void) {
	const copy = new Y.Doc();
	const body = openBody(copy);
	Y.applyUpdate(copy, state);
	copy.clientID = client;
	const start = Y.getState(copy.store, client);
	const made: Uint8Array[] = [];
	copy.on('update', (update: Uint8Array) => made.push(update));
	copy.transact(() => change(body));
	if (made.length === 0) return null;
	const clockLen = Y.getState(copy.store, client) - start;
	return {
		client: clockLen > 0 ? client : 0,
		clockFrom: clockLen > 0 ? start : 0,
		clockLen,
		update: made.length === 1 ? made[0]! : Y.mergeUpdates(made)
	};
}
