import { and, asc, eq, gte, inArray, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import { decision } from '#lib/decisions/schema.server.ts';
import { revertOn, type PutBack } from '#lib/documents/branches/revert.ts';
import {
	rowsFor,
	writtenBy,
	type LogRow,
	type Placed,
	type RowsByClient
} from '#lib/documents/live/authors.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { changeCopy } from '#lib/documents/live/writer.server.ts';
import { tracedBack, type Written } from '#lib/documents/provenance/runs.ts';
import { HouseError } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import type { LiveLog } from './provenance.server.ts';

interface Log {
	documentId: string;
	epoch: number;
}

/** A decision that took another one back, and the rows of the one it took back. */
interface Undo {
	id: string;
	undone: { from: number; to: number } | null;
}

/** What decisions put back never changes: found once. */
const found = new WeakMap<House['store'], Map<string, Promise<PutBack[]>>>();

/** Finds the rows that wrote the characters of a text, through what was put back by decisions. */
export class Tracing {
	readonly #house: House;
	readonly #live: LiveLog;
	readonly #log: Log;
	readonly #undos: ReadonlyMap<string, Undo>;

	private constructor(house: House, live: LiveLog, log: Log, undos: ReadonlyMap<string, Undo>) {
		this.#house = house;
		this.#live = live;
		this.#log = log;
		this.#undos = undos;
	}

	static async of(house: House, live: LiveLog, log: Log): Promise<Tracing> {
		return new Tracing(house, live, log, await undosOn(house, log.documentId));
	}

	isUndo(decisionId: string): boolean {
		return this.#undos.has(decisionId);
	}

	/** All characters with who wrote them first, in the order of the text. */
	async written(placed: readonly Placed[]): Promise<Written[]> {
		const done: Written[] = [];
		let open = placed.map((one) => ({ placed: one, restoredBy: null as string | null }));
		const rows: RowsByClient = new Map();
		while (open.length > 0) {
			const unread = open.filter((one) => !rows.has(one.placed.client)).map((one) => one.placed);
			const { db } = this.#house.store;
			for (const [client, own] of await rowsFor(db, this.#log, unread)) rows.set(client, own);
			const earlier: typeof open = [];
			for (const { placed: one, restoredBy } of open) {
				for (const { row, ...piece } of writtenBy([one], rows)) {
					const undo = row.decisionId ? this.#undos.get(row.decisionId) : undefined;
					if (!undo || row.branchId) {
						done.push({ ...piece, row, restoredBy });
						continue;
					}
					const { before, rest } = tracedBack(piece, await this.#putBackBy(undo, row));
					done.push(...rest.map((left) => ({ ...left, row, restoredBy })));
					const by = restoredBy ?? undo.id;
					earlier.push(...before.map((it) => ({ placed: it, restoredBy: by })));
				}
			}
			open = earlier;
		}
		return done.sort((a, b) => a.from - b.from);
	}

	#putBackBy(undo: Undo, row: LogRow): Promise<PutBack[]> {
		const { store } = this.#house;
		const memory = found.get(store) ?? new Map<string, Promise<PutBack[]>>();
		found.set(store, memory);
		const known = memory.get(undo.id);
		if (known) return known;
		const made = this.#replay(undo, row);
		memory.set(undo.id, made);
		made.catch(() => memory.delete(undo.id));
		return made;
	}

	/**
	 * Does the taking back once more on the text as it was then, to see which characters it put back. Nothing
	 * when the log no longer holds that text: then they are told as the words of who took it back.
	 */
	async #replay({ undone }: Undo, row: LogRow): Promise<PutBack[]> {
		if (!undone) return [];
		const { documentId } = this.#log;
		try {
			const [then, before, updates] = await Promise.all([
				this.#live.stateAt(documentId, row.seq - 1),
				this.#live.stateAt(documentId, undone.from - 1),
				this.#updates(undone)
			]);
			let back: PutBack[] = [];
			const made = changeCopy(then, row.client, (body) => {
				back = revertOn(body, Y.mergeUpdates(updates), before);
			});
			const same = made?.clockFrom === row.clockFrom && made.clockLen === row.clockLen;
			return same ? back : [];
		} catch (error) {
			if (error instanceof HouseError) return [];
			throw error;
		}
	}

	async #updates({ from, to }: { from: number; to: number }): Promise<Uint8Array[]> {
		const rows = await this.#house.store.db
			.select({ update: documentUpdate.update })
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, this.#log.documentId),
					eq(documentUpdate.epoch, this.#log.epoch),
					gte(documentUpdate.seq, from),
					lte(documentUpdate.seq, to)
				)
			)
			.orderBy(asc(documentUpdate.seq));
		return rows.map(({ update }) => update);
	}
}

/** The decisions on a document that took others back, by id. */
async function undosOn(house: House, documentId: string): Promise<Map<string, Undo>> {
	const { db } = house.store;
	const undos = await db
		.select({ id: decision.id, cites: decision.cites })
		.from(decision)
		.where(and(eq(decision.documentId, documentId), eq(decision.kind, 'undo')));
	const formerOf = ({ cites }: (typeof undos)[number]) =>
		cites.flatMap((cite) => (cite.type === 'decision' ? [cite.id] : []))[0];
	const ids = undos.flatMap((one) => formerOf(one) ?? []);
	const former = new Map<string, { from: number; to: number }>();
	for (let at = 0; at < ids.length; at += 500) {
		const rows = await db
			.select({ id: decision.id, cites: decision.cites })
			.from(decision)
			.where(inArray(decision.id, ids.slice(at, at + 500)));
		for (const { id, cites } of rows) {
			const rowsOf = cites.find((cite) => cite.type === 'rows');
			if (rowsOf && rowsOf.to >= rowsOf.from) former.set(id, rowsOf);
		}
	}
	return new Map(
		undos.map((one) => [one.id, { id: one.id, undone: former.get(formerOf(one) ?? '') ?? null }])
	);
}
