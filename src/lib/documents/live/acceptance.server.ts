import { and, asc, eq, gt, gte, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import { Conflict, NotFound } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { mustBeWhole, openFork } from '../branches/branch.ts';
import { revertOn } from '../branches/revert.ts';
import { digest } from './chain.server.ts';
import type { Frames } from './frames.server.ts';
import { readSnapshotBefore } from './log.server.ts';
import type { Pending, Room } from './room.server.ts';
import type { Rooms } from './rooms.server.ts';
import { documentUpdate } from './schema.server.ts';
import { changeCopy, SERVER_SESSION, type Writer } from './writer.server.ts';

/** The committed text of a document when a decision about it is made. */
export interface Standing {
	epoch: number;
	seq: number;
	state: Uint8Array;
}

/** Rows of the log, both ends included; empty when `to` is `from − 1`. */
export interface Rows {
	from: number;
	to: number;
}

/** One update of a branch on its way into main, under the person who held the lease of its client. */
export interface AcceptedRow {
	personId: string;
	branchId: string;
	/** 0 when the row only deletes. */
	client: number;
	clockFrom: number;
	clockLen: number;
	update: Uint8Array;
}

/** What is written in the transaction that appends the rows; when it throws nothing is appended. */
export type Recording = (tx: Db, rows: Rows) => Promise<void>;

/** Branches accepted by one decision. */
export interface Acceptance {
	decisionId: string;
	acceptedBy: string;
	rows: AcceptedRow[];
	/** What whoever accepts changes on top of them, as their own words. */
	edit?: (body: Y.Text) => void;
	record: Recording;
}

/** An acceptance to take back: the rows it appended, who takes it back, and by which decision. */
export interface Undoing extends Rows {
	personId: string;
	decisionId: string;
	record: Recording;
}

/**
 * Decisions that change the text: each appends its rows in a transaction of its own, together with what
 * it records. Nobody who types waits for it to be worked out, and nobody's typing falls with it.
 */
export class Acceptances {
	readonly #rooms: Rooms;
	readonly #frames: Frames;
	readonly #writer: Writer;

	constructor(rooms: Rooms, frames: Frames, writer: Writer) {
		this.#rooms = rooms;
		this.#frames = frames;
		this.#writer = writer;
	}

	/**
	 * Works out a decision on the text as it stands and carries it out. One at a time per document, in
	 * turn with `write`; people go on typing meanwhile. Throws what `work` and `record` throw, and Invalid
	 * `branch_out_of_place` when the rows do not stand on this text; then nothing has happened.
	 */
	accept(
		documentId: string,
		work: (main: Standing) => Acceptance | Promise<Acceptance>
	): Promise<Rows> {
		return this.#writer.turn(documentId, async () => {
			const { room } = await this.#rooms.get(documentId);
			const main = { epoch: room.epoch, seq: room.seq, state: room.text.since() };
			const { decisionId, acceptedBy, rows, edit, record } = await work(main);
			const updates = rows.map(({ update }) => update);
			if (rows.length > 0) mustBeWhole(openFork(main.state, ...updates));
			const pending: Pending[] = rows.map(({ branchId, ...row }) => ({
				...ownRow(row.personId, row),
				accepted: { branchId, acceptedBy, decisionId }
			}));
			if (edit) {
				const client = await this.#writer.clientOf(room, acceptedBy);
				const merged = Y.encodeStateAsUpdate(openFork(main.state, ...updates));
				const made = changeCopy(merged, client, edit);
				const accepted = { branchId: null, acceptedBy, decisionId };
				if (made) pending.push({ ...ownRow(acceptedBy, made), accepted });
			}
			return this.#frames.alone(await this.#same(room), pending, record);
		});
	}

	/**
	 * Writes something about a text as it stands at one row: in `work` nobody's words are on their way to the
	 * disk, and `seq` is the last row.
	 */
	async at<Result>(
		documentId: string,
		work: (tx: Db, seq: number) => Promise<Result>
	): Promise<Result> {
		const { room } = await this.#rooms.get(documentId);
		let result: Result | undefined;
		await this.#frames.alone(room, [], async (tx, { to }) => {
			result = await work(tx, to);
		});
		return result as Result;
	}

	/**
	 * Takes an acceptance back, forward: its words go, those it took away come back as the words of who
	 * undoes, and what others wrote since stays. Conflict `document_rebuilt` when the log no longer holds
	 * the words.
	 */
	revert(documentId: string, { from, to, ...undoing }: Undoing): Promise<Rows> {
		return this.#writer.turn(documentId, async () => {
			const { room } = await this.#rooms.get(documentId);
			const updates = await this.#updates(room, from, to);
			const before = await this.stateAt(documentId, from - 1);
			const client = await this.#writer.clientOf(room, undoing.personId);
			const made = changeCopy(room.text.since(), client, (body) => {
				if (updates.length > 0) revertOn(body, Y.mergeUpdates(updates), before);
			});
			const { personId: acceptedBy, decisionId } = undoing;
			const accepted = { branchId: null, acceptedBy, decisionId };
			const pending = made ? [{ ...ownRow(acceptedBy, made), accepted }] : [];
			return this.#frames.alone(await this.#same(room), pending, undoing.record);
		});
	}

	/**
	 * The committed text as it stood after a row (0: before the first), read from the log.
	 * NotFound `state_not_found` when there is no such row, Conflict `document_rebuilt` when a later epoch
	 * has done away with it.
	 */
	async stateAt(documentId: string, seq: number): Promise<Uint8Array> {
		const { room } = await this.#rooms.get(documentId);
		const { house, epoch } = room;
		if (!Number.isInteger(seq) || seq < 0 || seq > room.seq) throw new NotFound('state_not_found');
		const { db } = house.store;
		const newest = await readSnapshotBefore(db, documentId, epoch, seq + 1);
		const base = newest && digest(newest.state).equals(newest.checksum) ? newest : undefined;
		const rows = await db
			.select({ seq: documentUpdate.seq, update: documentUpdate.update })
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, documentId),
					eq(documentUpdate.epoch, epoch),
					gt(documentUpdate.seq, base?.seq ?? 0),
					lte(documentUpdate.seq, seq)
				)
			)
			.orderBy(asc(documentUpdate.seq));
		if ((rows.at(-1)?.seq ?? base?.seq ?? 0) !== seq) throw new Conflict('document_rebuilt');
		const updates = rows.map(({ update }) => update);
		return Y.encodeStateAsUpdate(openFork(...(base ? [base.state] : []), ...updates));
	}

	async #updates(room: Room, from: number, to: number): Promise<Uint8Array[]> {
		const rows = await room.house.store.db
			.select({ update: documentUpdate.update })
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, room.documentId),
					eq(documentUpdate.epoch, room.epoch),
					gte(documentUpdate.seq, from),
					lte(documentUpdate.seq, to)
				)
			)
			.orderBy(asc(documentUpdate.seq));
		if (rows.length < to - from + 1) throw new Conflict('document_rebuilt');
		return rows.map(({ update }) => update);
	}

	/** The room if it is still the open one: it may have been closed while the decision was worked out. */
	async #same(room: Room): Promise<Room> {
		const { room: now } = await this.#rooms.get(room.documentId);
		if (now.epoch !== room.epoch) throw new Conflict('document_rebuilt');
		return now;
	}
}

type Own = Pick<Pending, 'client' | 'clockFrom' | 'clockLen'> & { update: Uint8Array };

function ownRow(personId: string, { client, clockFrom, clockLen, update }: Own): Pending {
	const row = { client, clockFrom, clockLen, update };
	return { personId, sessionId: SERVER_SESSION, ...row, seat: null, n: 0 };
}
