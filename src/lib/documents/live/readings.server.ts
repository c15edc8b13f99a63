import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import type { Db } from '#lib/server/db/store.ts';
import { readBlocks, type Block } from '../text/blocks.ts';
import { digest } from './chain.server.ts';
import type { Room } from './room.server.ts';
import { documentBlocks } from './schema.server.ts';
import { storedBlocks, writeBlocks, type StoredBlocks } from './stored-blocks.ts';

/** The text as committed. */
export interface Reading {
	epoch: number;
	seq: number;
	/** The hash of the last row, which covers everything before it. */
	hash: string;
	/** The engine's own, built when asked for: read it, never change it, and never keep it. */
	readonly body: Y.Text;
	blocks: Block[];
	changedAt: number;
}

/** Keeps one document's text as blocks, for those who read; also on the disk when all is quiet. */
export class Readings {
	readonly #room: Room;
	#last: Reading | null = null;
	#first: Promise<Block[] | undefined> | null = null;
	/** The hash of the row whose blocks are on the disk. */
	#kept = '';

	constructor(room: Room) {
		this.#room = room;
	}

	/** The text as it is now. */
	async now(): Promise<Reading> {
		const { text, seq } = this.#room;
		let stored: Block[] | undefined;
		if (this.#last?.seq !== seq && !text.built) {
			stored = await (this.#first ??= this.#stored());
			if (!stored) await text.build();
		}
		if (this.#last?.seq === this.#room.seq) return this.#last;
		this.#first = null;
		const blocks = stored && this.#room.seq === seq ? stored : readBlocks(text.body);
		return (this.#last = readingOf(this.#room, blocks));
	}

	/** The text has changed without a row of its own: a branch whose main text moved on. */
	forget(): void {
		this.#last = null;
	}

	/** Puts the blocks on the disk unless they are there. */
	async keep(): Promise<void> {
		const { house, documentId, failed, base } = this.#room;
		if (failed || base || this.#kept === this.#room.hash.toString('hex')) return;
		const { hash, blocks } = await this.now();
		if (this.#kept === hash) return;
		const stored = await writeBlocks(blocks);
		const row = { documentId, hash: Buffer.from(hash, 'hex'), at: house.clock() };
		await house.store.transact((tx) => storeBlocks(tx, row, stored));
		this.#kept = hash;
	}

	/** The blocks on the disk, if they are those of this very row. */
	async #stored(): Promise<Block[] | undefined> {
		const { house, documentId, hash, base } = this.#room;
		if (base) return undefined;
		const [row] = await house.store.db
			.select()
			.from(documentBlocks)
			.where(eq(documentBlocks.documentId, documentId));
		if (!row?.hash.equals(hash)) return undefined;
		if (!digest(row.bytes).equals(row.checksum)) {
			house.log.error({ alarm: 'blocks_damaged', documentId }, 'stored blocks are damaged');
			return undefined;
		}
		const blocks = await storedBlocks(row);
		if (blocks) this.#kept = hash.toString('hex');
		return blocks;
	}
}

function readingOf({ text, epoch, seq, hash, changedAt }: Room, blocks: Block[]): Reading {
	return {
		epoch,
		seq,
		hash: hash.toString('hex'),
		get body() {
			return text.body;
		},
		blocks,
		changedAt
	};
}

/** Stores a document's blocks in place of those before. */
export async function storeBlocks(
	tx: Db,
	{ documentId, ...row }: Pick<typeof documentBlocks.$inferInsert, 'documentId' | 'hash' | 'at'>,
	stored: StoredBlocks
): Promise<void> {
	const { buffer, byteOffset, byteLength } = stored.bytes;
	const bytes = Buffer.from(buffer, byteOffset, byteLength);
	const set = { ...row, form: stored.form, bytes, checksum: digest(bytes) };
	await tx
		.insert(documentBlocks)
		.values({ documentId, ...set })
		.onConflictDoUpdate({ target: documentBlocks.documentId, set });
}
