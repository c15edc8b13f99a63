import { setImmediate as breathe } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Block } from '../text/blocks.ts';

/** How blocks are written. Both grow whenever the shape of `Block` does: older ones are not read. */
const PLAIN = 1;
const PACKED = 2;

/** Blocks as they lie on the disk. */
export interface StoredBlocks {
	form: number;
	bytes: Uint8Array;
}

/** Packing takes a moment too, and only pays where the disk would take longer. */
const PACK_FROM = 1024 * 1024;
const LINE_BLOCKS = 100;
/** The longest stretch of work before others get their turn. */
const TURN_MS = 5;
const LINE_END = 10;

/** Blocks as bytes: lines of JSON, written and read while everybody else has their turn. */
export async function writeBlocks(blocks: Block[]): Promise<StoredBlocks> {
	const lines: Buffer[] = [];
	const turn = turns();
	for (let at = 0; at < blocks.length; at += LINE_BLOCKS) {
		const end = at + LINE_BLOCKS < blocks.length ? '\n' : '';
		lines.push(Buffer.from(JSON.stringify(blocks.slice(at, at + LINE_BLOCKS)) + end));
		await turn();
	}
	const bytes = Buffer.concat(lines);
	if (bytes.length < PACK_FROM) return { form: PLAIN, bytes };
	return { form: PACKED, bytes: await promisify(zstdCompress)(bytes) };
}

/** The blocks that `writeBlocks` wrote; undefined when this is another form. */
export async function storedBlocks({ form, bytes }: StoredBlocks): Promise<Block[] | undefined> {
	if (form !== PLAIN && form !== PACKED) return undefined;
	const plain = form === PACKED ? await promisify(zstdDecompress)(bytes) : bytes;
	const blocks: Block[] = [];
	const turn = turns();
	const text = new TextDecoder();
	for (let at = 0; at < plain.length;) {
		const found = plain.indexOf(LINE_END, at);
		const end = found === -1 ? plain.length : found;
		const line = text.decode(plain.subarray(at, end));
		for (const block of JSON.parse(line) as Block[]) blocks.push(block);
		at = end + 1;
		await turn();
	}
	return blocks;
}

/** Waits for a moment whenever it has been long enough. */
function turns(): () => Promise<void> | undefined {
	let until = performance.now() + TURN_MS;
	return () => {
		if (performance.now() < until) return undefined;
		return breathe().then(() => void (until = performance.now() + TURN_MS));
	};
}
