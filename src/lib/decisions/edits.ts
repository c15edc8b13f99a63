import type * as Y from 'yjs';
import { rewriteBlock } from '#lib/documents/branches/rewrite.ts';
import { plainText, readBlocks, type Block } from '#lib/documents/text/blocks.ts';
import { Conflict } from '#lib/errors.ts';

/** A block as the team would have it once the suggestions are in. */
export interface WordsEdit {
	block: string;
	/** Its words as the form showed them: whoever typed there meanwhile is not overwritten. */
	was: string;
	words: string;
}

/**
 * Makes the team's edits on the text with the suggestions in it, word by word.
 * @throws Conflict `words_gone` when a block no longer reads as the form showed it
 */
export function edited(edits: readonly WordsEdit[]): (body: Y.Text) => void {
	return (body) => {
		for (const { block: id, was, words } of edits) {
			if (sameWords(was, words)) continue;
			const blocks = readBlocks(body);
			const block = blocks.find((one) => one.id === id);
			if (!block || !sameWords(wordsToEdit(block), was)) throw new Conflict('words_gone');
			rewriteBlock(body, blocks, id, words);
		}
	};
}

/** A block's words as a text field holds them. */
export function wordsToEdit(block: Pick<Block, 'spans'>): string {
	return plainText(block);
}

/** Text fields send line ends as they like. */
export function sameWords(a: string, b: string): boolean {
	const plain = (words: string) => words.replace(/\r\n?/g, '\n').trim();
	return plain(a) === plain(b);
}
