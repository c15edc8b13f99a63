import { setImmediate as breathe } from 'node:timers/promises';
import type { Block } from '../text/blocks.ts';

/** Grows whenever the shape of `Block` does: what was stored before is then read from the text again. */
export const FORM = 1;

const LINE_BLOCKS = 100;
/** The longest stretch of reading before others get their turn. */
const TURN_MS = 8;
const LINE_END = 10;

/** Blocks as bytes: lines of JSON, so that a long text can be read in turns. */
export function writeBlocks(blocks: Block[]): Buffer {
	const lines: string[] = [];
	for (let at = 0; at < blocks.length; at += LINE_BLOCKS) {
		lines.push(JSON.stringify(blocks.slice(at, at + LINE_BLOCKS)));
	}
	return Buffer.from(lines.join('\n'));
}

/** The blocks that `writeBlocks` wrote, read while everybody else has their turn. */
export async function storedBlocks(bytes: Buffer): Promise<Block[]> {
	const blocks: Block[] = [];
	let until = performance.now() + TURN_MS;
	for (let at = 0; at < bytes.length;) {
		const found = bytes.indexOf(LINE_END, at);
		const end = found === -1 ? bytes.length : found;
		for (const block of JSON.parse(bytes.toString('utf8', at, end)) as Block[]) blocks.push(block);
		at = end + 1;
		if (performance.now() < until) continue;
		await breathe();
		until = performance.now() + TURN_MS;
	}
	return blocks;
}
