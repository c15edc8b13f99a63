import type { OutlineEntry } from './outline.ts';
import type { BlockType } from './text/blocks.ts';

/** One block as a page shows it. */
export interface ReadBlock {
	id: string;
	type: BlockType;
	/** Its section or clause number. */
	number: string | null;
	/** Flat index of its first character, and how many positions it has without its line-end. */
	from: number;
	length: number;
	/** Safe markup from our own renderer, highlights included. */
	html: string;
}

/** The living text as a page shows it. */
export interface LivingText {
	epoch: number;
	seq: number;
	changedAt: number;
	minutes: number;
	outline: OutlineEntry[];
	/** Names the highlights in it, so that a page can tell whether they moved. */
	marks: string;
	blocks: ReadBlock[];
}

/** What differs from an earlier reading: every block's place, and the markup of those that changed. */
export interface TextPatch extends Omit<LivingText, 'blocks'> {
	/** All blocks in order: id and length. */
	order: Array<[id: string, length: number]>;
	blocks: ReadBlock[];
	/** Of `blocks`, those whose words changed; the others are sent for their highlights. */
	changed: string[];
}

const MARK = /<\/?mark\b[^>]*>/g;

/** The text after a patch. Blocks that are not in it keep their words; their highlights go if those moved. */
export function patched(
	before: LivingText,
	{ order, blocks, changed, ...now }: TextPatch
): { text: LivingText; changed: string[] } {
	const known = new Map(before.blocks.map((block) => [block.id, block]));
	const sent = new Map(blocks.map((block) => [block.id, block]));
	const repainted = before.marks !== now.marks;
	const next: ReadBlock[] = [];
	let from = 0;
	for (const [id, length] of order) {
		const old = known.get(id);
		const kept = old && repainted ? { ...old, html: old.html.replace(MARK, '') } : old;
		const block = sent.get(id) ?? kept;
		if (block) next.push(block.from === from ? block : { ...block, from });
		from += length + 1;
	}
	return { text: { ...now, blocks: next }, changed };
}
