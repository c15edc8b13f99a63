import { setImmediate as breathe } from 'node:timers/promises';
import type { House } from '#lib/server/house.ts';
import type { Delta } from '../text/blocks.ts';
import { appendRows, moveHead } from './append.server.ts';
import { digest, NO_HASH, rowHash } from './chain.server.ts';
import { createHead } from './log.server.ts';
import { storeBlocks } from './readings.server.ts';
import { lease, type UpdateRow } from './schema.server.ts';
import { seedOf, type Seed } from './seed.ts';
import { SERVER_SESSION } from './writer.server.ts';

/**
 * Starts a log with this text as its first rows, written by this person. No Y.Doc is made of a seed, and
 * each of its rows is committed by itself: a long text would hold everybody up. Nobody knows of the
 * document before all is done. Conflict `document_exists`.
 */
export async function createText(
	house: House,
	documentId: string,
	text: Delta | Seed,
	personId: string
): Promise<void> {
	const seed = Array.isArray(text) ? await seedOf(text) : text;
	const { store } = house;
	const { client } = seed;
	const at = house.clock();
	let hash: Buffer = NO_HASH;
	for (const row of rowsOf(seed, { documentId, personId, at })) {
		await store.transact(async (tx) => {
			if (row.seq === 1) {
				const holder = { personId, sessionId: SERVER_SESSION };
				await createHead(tx, documentId, at);
				await tx.insert(lease).values({ documentId, client, epoch: 1, ...holder, grantedAt: at });
			}
			await moveHead(tx, [row]);
			await appendRows(tx, [row]);
		});
		hash = row.hash;
		await breathe();
	}
	// Without them the text itself is read, so this is no reason to fail.
	await store
		.transact((tx) => storeBlocks(tx, { documentId, hash, at }, seed.blocks))
		.catch((error: unknown) => {
			house.log.error({ err: error, documentId }, 'the blocks of a text were not stored');
		});
}

/** The rows of a seed, each made when it is its turn. */
function* rowsOf(
	{ client, updates }: Seed,
	who: Pick<UpdateRow, 'documentId' | 'personId' | 'at'>
): Generator<UpdateRow> {
	let prevHash: Buffer = NO_HASH;
	for (const [index, { update, clockFrom, clockLen }] of updates.entries()) {
		const facts = { ...who, epoch: 1, seq: index + 1, client, clockFrom, clockLen };
		const bytes = Buffer.from(update.buffer);
		const hash = rowHash(prevHash, digest(bytes), facts);
		const rest = { sessionId: SERVER_SESSION, prevHash, hash, erased: false };
		yield { ...facts, ...rest, update: bytes };
		prevHash = hash;
	}
}
