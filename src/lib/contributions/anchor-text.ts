import type { Block } from '#lib/documents/text/blocks.ts';
import { blockAt, flatText } from './locate.ts';

const EMBED = '\uFFFC';

/** Characters that differ on screen by habit or program and not in meaning. */
const ALIKE: Record<string, string> = {
	'\u2018': "'",
	'\u2019': "'",
	'\u201A': "'",
	'\u201B': "'",
	'\u201C': '"',
	'\u201D': '"',
	'\u201E': '"',
	'\u201F': '"',
	'\u2010': '-',
	'\u2011': '-'
};
const NOTHING = new Set([EMBED, '\u00AD', '\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF']);
const SPACE = /\s/;

/** Text made comparable, and for each of its characters where that came from. */
export interface Normal {
	text: string;
	/** Index into the source of each character; one more entry for the end. */
	at: number[];
}

/** Curly quotes become straight, white space (line ends included) one space, embeds nothing. */
export function normal(source: string): Normal {
	const at: number[] = [];
	let [text, pending] = ['', -1];
	for (let index = 0; index < source.length; index++) {
		const char = source.charAt(index);
		if (NOTHING.has(char)) continue;
		if (SPACE.test(char)) {
			if (pending === -1) pending = index;
			continue;
		}
		if (pending !== -1 && text !== '') {
			text += ' ';
			at.push(pending);
		}
		pending = -1;
		text += ALIKE[char] ?? char;
		at.push(index);
	}
	at.push(source.length);
	return { text, at };
}

/** The words of a stretch of flat text as they are kept in an anchor. */
export function wordsIn(flat: string): string {
	return flat.replaceAll(EMBED, '');
}

/**
 * Whether two stretches say the same. Spaces may be of any width, and a line-end may stand where
 * none was: splitting or joining blocks does not change words.
 */
export function sameWords(a: string, b: string): boolean {
	if (a === b) return true;
	const [left, right] = [marked(a), marked(b)];
	let [i, j] = [0, 0];
	while (i < left.length || j < right.length) {
		const [x, y] = [left.charAt(i), right.charAt(j)];
		const [spaceX, spaceY] = [x === ' ' || x === '\n', y === ' ' || y === '\n'];
		if (x === y || (spaceX && spaceY)) {
			i++;
			j++;
		} else if (x === '\n') i++;
		else if (y === '\n') j++;
		else return false;
	}
	return true;
}

/** Normal text in which a run of white space with a line-end in it stays a line-end. */
function marked(source: string): string {
	let out = '';
	for (const char of source.trim()) {
		if (NOTHING.has(char)) continue;
		if (!SPACE.test(char)) out += ALIKE[char] ?? char;
		else if (!out.endsWith(' ') && !out.endsWith('\n')) out += char === '\n' ? '\n' : ' ';
		else if (char === '\n') out = `${out.slice(0, -1)}\n`;
	}
	return out;
}

/** A text laid out for looking things up; built once for any number of anchors. */
export class TextIndex {
	readonly blocks: Block[];
	readonly flat: string;
	private made: Normal | undefined;
	private byId: Map<string, Block> | undefined;

	constructor(blocks: Block[]) {
		this.blocks = blocks;
		this.flat = flatText(blocks);
	}

	get normal(): Normal {
		return (this.made ??= normal(this.flat));
	}

	/** The place in the normal text of the first character at or after a flat index. */
	normalAt(flatIndex: number): number {
		const { at } = this.normal;
		let [low, high] = [0, at.length - 1];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (at[middle]! < flatIndex) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	blockAt(flatIndex: number): Block | null {
		return blockAt(this.blocks, flatIndex);
	}

	blockOf(id: string): Block | undefined {
		this.byId ??= new Map(this.blocks.map((block) => [block.id, block]));
		return this.byId.get(id);
	}

	words(from: number, to: number): string {
		return wordsIn(this.flat.slice(from, to));
	}
}
