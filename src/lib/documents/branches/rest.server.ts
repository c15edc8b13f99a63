import { randomInt } from 'node:crypto';
import { and, eq, isNotNull } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Db } from '#lib/server/db/store.ts';
import { newId } from '#lib/server/ids.ts';
import { appendRows, moveHead } from '../live/append.server.ts';
import { digest, NO_HASH, rowHash } from '../live/chain.server.ts';
import { createHead } from '../live/log.server.ts';
import { lease, type UpdateRow } from '../live/schema.server.ts';
import { SERVER_SESSION } from '../live/writer.server.ts';
import type { Hunk } from './changes.ts';
import { rewritten } from './rest.ts';
import { branch, branchMember, type BranchRow } from './schema.server.ts';

/** What is left of a branch, and the text it is to stand on. */
export interface Rest {
	of: Pick<BranchRow, 'id' | 'documentId' | 'createdBy' | 'blockId'>;
	main: { epoch: number; seq: number; state: Uint8Array };
	hunks: readonly Hunk[];
}

/**
 * Keeps what was not accepted as a new private branch of the same author and group, inside the transaction
 * of the acceptance. Its words are theirs, typed by the house on a lease of the author's. Returns its id.
 */
export async function keepRest(tx: Db, { of, main, hunks }: Rest, at: number): Promise<string> {
	const id = newId(at);
	const { documentId, createdBy } = of;
	await tx.insert(branch).values({
		...{ id, documentId, createdBy, epoch: main.epoch, baseSeq: main.seq, restOf: of.id },
		...{ blockId: of.blockId, createdAt: at, changedAt: at }
	});
	await createHead(tx, id, at, main.epoch);
	await bringGroup(tx, of.id, id, at);
	const client = await lend(tx, { documentId, epoch: main.epoch, branchId: id, createdBy, at });
	const row = rowOf(rewritten(main.state, hunks, client), {
		...{ documentId: id, epoch: main.epoch, personId: createdBy, client, at }
	});
	await moveHead(tx, [row]);
	await appendRows(tx, [row]);
	return id;
}

/** Whoever wrote on the branch goes on writing on its rest. */
async function bringGroup(tx: Db, from: string, to: string, at: number): Promise<void> {
	const members = await tx
		.select()
		.from(branchMember)
		.where(and(eq(branchMember.branchId, from), isNotNull(branchMember.joinedAt)));
	if (members.length === 0) return;
	await tx
		.insert(branchMember)
		.values(members.map((one) => ({ ...one, id: newId(at), branchId: to })));
}

interface Lending {
	documentId: string;
	epoch: number;
	branchId: string;
	createdBy: string;
	at: number;
}

/** A client id of the author's for the new branch: random, and never lent before on the document. */
async function lend(tx: Db, { createdBy, at, ...where }: Lending): Promise<number> {
	for (;;) {
		const wanted = { ...where, client: randomInt(1, 2 ** 32), personId: createdBy };
		const [granted] = await tx
			.insert(lease)
			.values({ ...wanted, sessionId: SERVER_SESSION, grantedAt: at })
			.onConflictDoNothing()
			.returning({ client: lease.client });
		if (granted) return granted.client;
	}
}

type Facts = Pick<UpdateRow, 'documentId' | 'epoch' | 'personId' | 'client' | 'at'>;

/** The first row of a log: everything the update says, chained to nothing. */
function rowOf(update: Uint8Array, facts: Facts): UpdateRow {
	const clockLen = Y.decodeUpdate(update).structs.reduce((sum, { length }) => sum + length, 0);
	const row = {
		...facts,
		seq: 1,
		client: clockLen > 0 ? facts.client : 0,
		clockFrom: 0,
		clockLen
	};
	const bytes = Buffer.from(update);
	const hash = rowHash(NO_HASH, digest(bytes), row);
	return {
		...row,
		...{ sessionId: SERVER_SESSION, update: bytes, prevHash: NO_HASH, hash, erased: false }
	};
}
