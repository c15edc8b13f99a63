import * as Y from 'yjs';
import { Conflict, Forbidden, HouseError, NotFound, TooMany } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { Wire } from '#lib/server/live/wire.ts';
import type { FromClient, Opened, Right } from '../messages.ts';
import type { Frames } from './frames.server.ts';
import { Limits } from './limits.server.ts';
import { RefusedUpdate } from './refusal.ts';
import type { Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import { Seat, type Guest } from './seat.server.ts';

export type RightsOf = (personId: string | null, documentId: string) => Promise<Right>;

/** An answer is on its way by then, and nobody has typed yet. */
const BUILD_AFTER_MS = 50;

/** Where sockets sit down to documents: rights, leases, edits. */
export class Desk {
	/** Refused updates by reason, since the start. */
	readonly refused = new Map<string, number>();
	readonly limits = new Limits();
	readonly #house: House;
	readonly #rooms: Rooms;
	readonly #frames: Frames;
	readonly #rightsOf: RightsOf;
	#tags = 0;
	/** Grows with every announcement about rights. */
	#announced = 0;

	constructor(house: House, rooms: Rooms, frames: Frames, rightsOf: RightsOf) {
		this.#house = house;
		this.#rooms = rooms;
		this.#frames = frames;
		this.#rightsOf = rightsOf;
	}

	/** Opens a document for a connection, or throws NotFound, as for what may not be seen. */
	async sit(ask: { guest: Guest; wire: Wire; wish: FromClient['open'] }) {
		const { guest, wire, wish } = ask;
		const { room, right } = await this.#decided(guest.personId, wish.document);
		const seat = new Seat({
			tag: (this.#tags = (this.#tags % 2 ** 31) + 1),
			guest,
			mode: wish.mode,
			wire,
			documentId: wish.document,
			right
		});
		room.seats.add(seat);
		try {
			const leases = await this.#lend(room, seat, wish);
			return { seat, leases };
		} catch (error) {
			room.seats.delete(seat);
			throw error;
		}
	}

	/** The room with a right that no announcement has overtaken while the room was being opened. */
	async #decided(personId: string | null, document: string): Promise<{ room: Room; right: Right }> {
		for (;;) {
			const asked = this.#announced;
			const right = await this.#rightsOf(personId, document);
			if (right === 'none') throw new NotFound('document_not_found');
			const opened = await this.#rooms.get(document);
			await this.#rooms.catchUp(opened);
			const { room } = opened;
			if (asked === this.#announced) return { room, right };
		}
	}

	/**
	 * Rights may have changed: decides again for these people's seats (all when null) and acts on it.
	 * Somebody who may no longer write keeps reading; who may no longer read is shown out.
	 */
	async decideAgain(room: Room, people: string[] | null): Promise<void> {
		this.#announced += 1;
		const here = new Set([...room.seats].map(({ guest }) => guest.personId));
		const asked = [...here].filter((personId) => !people || people.includes(personId ?? ''));
		await Promise.all(
			asked.map(async (personId) => {
				const key = personId ?? '';
				const turn = (room.asked.get(key) ?? 0) + 1;
				room.asked.set(key, turn);
				const right = await this.#rightsOf(personId, room.documentId);
				// A later announcement about the same person asks again and has the last word.
				if (room.asked.get(key) === turn) this.#impose(room, personId, right);
			})
		);
	}

	#impose(room: Room, personId: string | null, right: Right): void {
		const opened = this.#rooms.peek(room.documentId);
		if (opened?.room !== room) return;
		room.rights.set(personId ?? '', right);
		for (const seat of room.seats) {
			if (seat.guest.personId !== personId || seat.right === right) continue;
			seat.right = right;
			seat.tell('rights', { right });
			if (right === 'none') this.rise(seat);
			else {
				opened.delivery.place(seat);
				opened.presence.changed(seat);
			}
		}
	}

	async #lend(room: Room, { guest, writes }: Seat, { leases }: FromClient['open']) {
		const { personId, sessionId } = guest;
		if (!writes || personId === null) return [];
		await room.leases.load(personId);
		if (leases === 0) return [];
		return room.leases.grant({ personId, sessionId: sessionId ?? '' }, leases);
	}

	/** The first answer, and the seat's place among those who get frames, in one step. */
	welcome(
		seat: Seat,
		{ epoch }: FromClient['open'],
		vector: Uint8Array,
		leases: number[]
	): { opened: Opened; difference: Uint8Array } {
		const { room, delivery } = this.#rooms.peek(seat.documentId) ?? lost();
		if (!room.seats.has(seat)) lost();
		const known = epoch === room.epoch ? vector : undefined;
		// Whoever builds on what is no longer there would be refused at every word: they begin anew.
		if (known && isBehind(room, known, seat.guest.personId ?? '')) {
			this.rise(seat);
			throw new Conflict('epoch_lost', { document: seat.documentId });
		}
		const difference = seat.mode === 'page' ? new Uint8Array() : room.text.since(known);
		// The right may have changed while leases were granted; the room's is never older.
		const right = room.rights.get(seat.guest.personId ?? '') ?? seat.right;
		seat.right = right;
		room.rights.set(seat.guest.personId ?? '', right);
		delivery.place(seat);
		return {
			opened: { epoch: room.epoch, seq: room.seq, right, tag: seat.tag, leases },
			difference
		};
	}

	/** After the answer has been written: others may see the newcomer. */
	seated(seat: Seat): void {
		const opened = this.#rooms.peek(seat.documentId);
		opened?.presence.changed(seat);
		if (!opened || !seat.writes || opened.room.text.built) return;
		// The first edit is to find the text built, but building must not delay the answer's bytes.
		const build = () => void opened.room.text.build().catch(() => undefined);
		setTimeout(build, BUILD_AFTER_MS).unref();
	}

	/** Leaves a document. */
	rise(seat: Seat): void {
		const opened = this.#rooms.peek(seat.documentId);
		if (!opened?.room.seats.delete(seat)) return;
		opened.delivery.remove(seat);
		opened.presence.changed(seat);
		opened.room.usedAt = performance.now();
		const { personId } = seat.guest;
		const others = [...opened.room.seats].some((one) => one.guest.personId === personId);
		if (!others) opened.room.rights.delete(personId ?? '');
	}

	/** Takes an edit into the queue, or throws why not. */
	edit(seat: Seat, n: number, update: Uint8Array): void {
		const { personId, sessionId } = seat.guest;
		const opened = this.#rooms.peek(seat.documentId);
		if (!opened?.room.seats.has(seat)) throw new TooMany('document_reopening', { seconds: 1 });
		if (!seat.writes) throw new Forbidden('may_not_write');
		const from = { personId: personId ?? '', sessionId: sessionId ?? '', seat, n };
		opened.room.receive(from, update);
		this.#frames.request(opened.room);
	}

	move(seat: Seat, cursor: Uint8Array): void {
		this.#rooms.peek(seat.documentId)?.presence.move(seat, cursor);
	}

	/** Keeps count of refusals and puts surprises into the log. */
	unexpected(error: unknown, update?: Uint8Array): void {
		const code = error instanceof HouseError ? error.code : 'unexpected';
		if (update) this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
		if (error instanceof RefusedUpdate) {
			this.#house.log.warn({ code, bytes: update?.length }, 'an update was refused');
		} else if (!(error instanceof HouseError)) {
			this.#house.log.error({ err: error }, 'a live message failed');
		}
	}
}

function lost(): never {
	throw new TooMany('document_reopening', { seconds: 1 });
}

/**
 * Whether somebody who has this state vector has seen what never was here, and is not their own: the
 * database was taken back to an earlier copy since.
 */
function isBehind({ text, leases }: Room, vector: Uint8Array, personId: string): boolean {
	for (const [client, clock] of Y.decodeStateVector(vector)) {
		if (clock > text.clockOf(client) && !leases.isOf(client, personId)) return true;
	}
	return false;
}
