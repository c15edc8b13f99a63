import { and, eq, lt } from 'drizzle-orm';
import * as Y from 'yjs';
import { Conflict } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import { openBody } from '../text/body.ts';
import { appendRows } from './append.server.ts';
import { BEGUN_SESSION, begunOn, placedIn, rowsFor, writtenBy } from './authors.server.ts';
import { digest, rowHash } from './chain.server.ts';
import { Leases } from './leases.server.ts';
import type { Room } from './room.server.ts';
import {
	documentBlocks,
	documentHead,
	documentSnapshot,
	documentUpdate,
	type UpdateRow
} from './schema.server.ts';
import { SERVER_SESSION } from './writer.server.ts';

/**
 * Rebuilds a document from its living text alone: what was deleted is gone for good. Each stretch
 * keeps its author, and by which decision or with what beginning it came. The old rows stay in the chain with a digest in place of their content. The
 * room must be quiet and closed to edits; it is of no use afterwards.
 */
export async function beginEpoch(house: House, room: Room): Promise<number> {
	const { documentId, body } = room;
	const epoch = room.epoch + 1;
	const stretches = await stretchesOf(house, documentId, room.epoch, body);
	const leases = new Leases(house, documentId, epoch);
	const people = [...new Set(stretches.map(({ personId }) => personId))];
	const clients = new Map<string, number>();
	for (const personId of people) {
		const [client] = await leases.grant({ personId, sessionId: SERVER_SESSION }, 1);
		clients.set(personId, client!);
	}
	const rows = rewrite(room, epoch, stretches, clients);
	await house.store.transact(async (tx) => {
		const moved = await tx
			.update(documentHead)
			.set({ epoch, seq: room.seq + rows.length, hash: rows.at(-1)?.hash ?? room.hash })
			.where(and(eq(documentHead.documentId, documentId), eq(documentHead.seq, room.seq)))
			.returning({ seq: documentHead.seq });
		if (moved.length === 0) throw new Conflict('document_moved', { document: documentId });
		await appendRows(tx, rows);
		await tx.delete(documentSnapshot).where(eq(documentSnapshot.documentId, documentId));
		await tx.delete(documentBlocks).where(eq(documentBlocks.documentId, documentId));
		const old = await tx
			.select({ seq: documentUpdate.seq, update: documentUpdate.update })
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, documentId),
					lt(documentUpdate.epoch, epoch),
					eq(documentUpdate.erased, false)
				)
			);
		for (const { seq, update } of old) {
			await tx
				.update(documentUpdate)
				.set({ update: digest(update), erased: true })
				.where(and(eq(documentUpdate.documentId, documentId), eq(documentUpdate.seq, seq)));
		}
	});
	return epoch;
}

/** The living text typed anew, stretch by stretch, each under a client id of its author. */
function rewrite(
	room: Room,
	epoch: number,
	stretches: Stretch[],
	clients: Map<string, number>
): UpdateRow[] {
	const doc = new Y.Doc();
	const body = openBody(doc);
	const rows: UpdateRow[] = [];
	let { seq, hash } = room;
	let made: Uint8Array = new Uint8Array();
	doc.on('update', (update: Uint8Array) => (made = update));
	const content = slices(room.body, stretches);
	for (const [index, { from, to: _to, sessionId, ...who }] of stretches.entries()) {
		const { personId } = who;
		const client = clients.get(personId)!;
		doc.clientID = client;
		const clockFrom = Y.getState(doc.store, client);
		doc.transact(() => {
			let at = from;
			for (const { insert, attributes = {} } of content[index]!) {
				const owned = structuredClone(attributes) as object;
				if (typeof insert === 'string') body.insert(at, insert, owned);
				else body.insertEmbed(at, insert as object, owned);
				at += typeof insert === 'string' ? insert.length : 1;
			}
		});
		seq += 1;
		const clockLen = Y.getState(doc.store, client) - clockFrom;
		const facts = {
			documentId: room.documentId,
			epoch,
			seq,
			...who,
			client,
			clockFrom,
			clockLen
		};
		const at = room.house.clock();
		const next = rowHash(hash, digest(made), { ...facts, at });
		const rest = { sessionId, at, prevHash: hash, hash: next, erased: false };
		rows.push({ ...facts, ...rest, update: Buffer.from(made) });
		hash = next;
	}
	return rows;
}

/** Neighbouring characters that are told alike: of one person, come into the text in one way. */
type Stretch = Pick<
	UpdateRow,
	'personId' | 'sessionId' | 'branchId' | 'acceptedBy' | 'decisionId'
> & {
	from: number;
	to: number;
};

async function stretchesOf(
	house: House,
	documentId: string,
	epoch: number,
	body: Y.Text
): Promise<Stretch[]> {
	const { db } = house.store;
	const placed = placedIn(body);
	const [rows, isBegun] = await Promise.all([
		rowsFor(db, { documentId, epoch }, placed),
		begunOn(db, documentId)
	]);
	const stretches: Stretch[] = [];
	for (const { from, length, row } of writtenBy(placed, rows)) {
		const { personId, branchId, acceptedBy, decisionId } = row;
		const sessionId = isBegun(row) ? BEGUN_SESSION : SERVER_SESSION;
		const next = { personId, sessionId, branchId, acceptedBy, decisionId, from, to: from + length };
		const last = stretches.at(-1);
		if (last && isAlike(last, next)) last.to = next.to;
		else stretches.push(next);
	}
	return stretches;
}

function isAlike(a: Stretch, b: Stretch): boolean {
	const keys = ['personId', 'sessionId', 'branchId', 'acceptedBy', 'decisionId'] as const;
	return keys.every((key) => a[key] === b[key]);
}

type Op = { insert?: string | object; attributes?: Record<string, unknown> };

/** The text's content cut at the stretches' ends. */
function slices(body: Y.Text, stretches: { to: number }[]): Op[][] {
	const ops = body.toDelta() as Op[];
	let at = 0;
	return stretches.map(({ to }) => {
		const slice: Op[] = [];
		while (at < to) {
			const op = ops[0]!;
			const size = typeof op.insert === 'string' ? op.insert.length : 1;
			const taken = Math.min(size, to - at);
			if (taken === size) slice.push(ops.shift()!);
			else {
				const whole = op.insert as string;
				slice.push({ ...op, insert: whole.slice(0, taken) });
				op.insert = whole.slice(taken);
			}
			at += taken;
		}
		return slice;
	});
}
