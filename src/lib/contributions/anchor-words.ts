/** Comparing by words: which word is where, and how alike two runs of words are. */

const WORD = /[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu;

/** Longest run of words that is compared in full. */
export const MOST_WORDS = 400;

export interface Word {
	word: string;
	from: number;
	to: number;
}

/** The words of a text, lower case, with their offsets. */
export function wordsOf(text: string): Word[] {
	return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
		word: word.toLowerCase(),
		from: index,
		to: index + word.length
	}));
}

/** 0 (no word in common) to 1 (the same words in the same order). */
export function likeness(a: string, b: string): number {
	const [left, right] = [wordsOf(a).slice(0, MOST_WORDS), wordsOf(b).slice(0, MOST_WORDS)];
	if (left.length === 0 || right.length === 0) return a.trim() === b.trim() ? 1 : 0;
	const { shared } = commonWords(left, right);
	return (2 * shared) / (left.length + right.length);
}

/** The longest common subsequence of words, and the first and last word of it in `b`. */
export function commonWords(a: Word[], b: Word[]): { shared: number; first: number; last: number } {
	const width = b.length + 1;
	const lengths = new Uint16Array((a.length + 1) * width);
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			const here = i * width + j;
			lengths[here] =
				a[i]!.word === b[j]!.word
					? lengths[here + width + 1]! + 1
					: Math.max(lengths[here + width]!, lengths[here + 1]!);
		}
	}
	let [i, j, first, last] = [0, 0, -1, -1];
	while (i < a.length && j < b.length) {
		if (a[i]!.word === b[j]!.word) {
			if (first === -1) first = j;
			last = j;
			i++;
			j++;
		} else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
		else j++;
	}
	return { shared: lengths[0]!, first, last };
}
