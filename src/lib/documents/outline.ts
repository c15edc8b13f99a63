import { numberClauses, plainText, type Block } from './text/blocks.ts';

/** A section in the outline; `weight` is what the reader's page counts in it, clause by clause. */
export interface OutlineEntry {
	id: string;
	number: string | null;
	title: string;
	/** 1 for the highest heading in use, at most 2. */
	level: number;
	/** The ids of its blocks, its own first, down to the next entry. */
	blocks: string[];
}

/** The two highest heading levels of a text, in order; headings without words are left out. */
export function outlineOf(blocks: Block[]): OutlineEntry[] {
	const numbers = numberClauses(blocks);
	const levels = [
		...new Set(blocks.flatMap(({ attrs }) => (attrs.type === 'heading' ? attrs.level : [])))
	].sort((a, b) => a - b);
	const entries: OutlineEntry[] = [];
	for (const block of blocks) {
		const level = block.attrs.type === 'heading' ? levels.indexOf(block.attrs.level) + 1 : 0;
		const title = level === 1 || level === 2 ? plainText(block).replace(/\s+/g, ' ').trim() : '';
		if (title === '') {
			entries.at(-1)?.blocks.push(block.id);
			continue;
		}
		const number = numbers.get(block.id) ?? null;
		entries.push({ id: block.id, number, title, level, blocks: [block.id] });
	}
	return entries;
}

/** A letter, a digit or an ideograph begins a word; ideographs are words of their own. */
const WORD =
	/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;

/** How many words a text has, footnotes included. */
export function countWords(blocks: Block[]): number {
	return blocks.reduce((sum, block) => sum + (plainText(block).match(WORD)?.length ?? 0), 0);
}

/** Minutes to read so many words with care; laws are read more slowly than news. */
export function readingMinutes(words: number): number {
	return Math.max(1, Math.round(words / 220));
}
