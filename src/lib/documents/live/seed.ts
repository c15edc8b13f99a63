import * as Y from 'yjs';
import { readBlocks, type Delta } from '../text/blocks.ts';
import { openBody, seedBody } from '../text/body.ts';
import { Assembled } from './assembled.ts';
import { layoutOf } from './parts.ts';
import { writeBlocks, type StoredBlocks } from './stored-blocks.ts';

/** The beginning of a text, ready to be stored: nothing is left to be worked out but where it goes. */
export interface Seed {
	/** The Yjs client id that inserts it. */
	client: number;
	/** Updates that follow each other, none of them large. */
	updates: { update: Uint8Array<ArrayBuffer>; clockFrom: number; clockLen: number }[];
	/** The same text as blocks. */
	blocks: StoredBlocks;
}

/** Parts of a text in one update: some hundred kilobytes. */
const PARTS = 5_000;

/**
 * Works out a text for a document that nobody has yet. With some megabytes that takes a second or more,
 * and is done in a thread.
 */
export async function seedOf(delta: Delta): Promise<Seed> {
	const doc = new Y.Doc();
	const body = openBody(doc);
	// Any client id is free where nobody has been.
	const client = (doc.clientID = crypto.getRandomValues(new Uint32Array(1))[0]! || 1);
	seedBody(body, delta);
	const pieces = [...new Assembled([Y.encodeStateAsUpdate(doc)]).pieces(PARTS)];
	const updates = pieces.map((piece) => {
		const { clock, end } = layoutOf(piece).stretches[0]!;
		return { update: new Uint8Array(piece), clockFrom: clock, clockLen: end - clock };
	});
	return { client, updates, blocks: await writeBlocks(readBlocks(body)) };
}
