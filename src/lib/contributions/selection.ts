/**
 * From what a person selected on the page to flat indices of the text. The page says where each block
 * begins (`data-block`, `data-from`); inside a block every character counts one, every element with
 * `data-embed` counts one whatever it shows, and what is inside `data-skip` is not text of the body.
 */
export interface SelectedWords {
	from: number;
	to: number;
	quote: string;
	prefix: string;
	suffix: string;
	blockId: string;
}

const CONTEXT = 32;
const EMBED = '\uFFFC';

/** The selected words inside `text`, or null when nothing (or nothing of the text) is selected. */
export function selectedWords(selection: Selection | null, text: Element): SelectedWords | null {
	if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
	const range = selection.getRangeAt(0);
	if (!range.intersectsNode(text)) return null;
	const parts = blocksIn(text)
		.filter((block) => range.intersectsNode(block))
		.map((block) => ({ block, ...within(block, range) }))
		.filter((part) => part.end > part.start);
	return asWords(parts);
}

/** The characters of one block as the body counts them; what is not a letter stands as one sign. */
export function blockWords(block: HTMLElement): string {
	return within(block, wholeOf(block)).words;
}

/** The words from one character of a block up to another; null when there are none. */
export function wordsBetween(block: HTMLElement, start: number, end: number): SelectedWords | null {
	return asWords([{ block, ...within(block, wholeOf(block)), start, end }]);
}

type Part = { block: HTMLElement } & ReturnType<typeof within>;

function asWords(parts: Part[]): SelectedWords | null {
	const first = parts[0];
	const last = parts.at(-1);
	if (!first || !last) return null;
	const quote = parts.map((part) => part.words.slice(part.start, part.end)).join('\n');
	const trimmed = quote.trim();
	if (trimmed === '') return null;
	const from = first.from + first.start + (quote.length - quote.trimStart().length);
	return {
		from,
		to: from + trimmed.length,
		quote: trimmed,
		prefix: first.words.slice(0, first.start).slice(-CONTEXT),
		suffix: last.words.slice(last.end).slice(0, CONTEXT),
		blockId: first.block.dataset.block ?? ''
	};
}

function wholeOf(block: HTMLElement): Range {
	const range = document.createRange();
	range.selectNodeContents(block);
	return range;
}

function blocksIn(text: Element): HTMLElement[] {
	return [...text.querySelectorAll<HTMLElement>('[data-block][data-from]')];
}

/** The block's own words, and which of them the range covers. */
function within(block: HTMLElement, range: Range) {
	let [words, start, end] = ['', -1, 0];
	const cover = (from: number, to: number) => {
		if (start < 0) start = from;
		end = to;
	};
	const walk = (node: Node): void => {
		if (node instanceof HTMLElement && node !== block) {
			if ('skip' in node.dataset || 'block' in node.dataset) return;
			if ('embed' in node.dataset) {
				if (range.intersectsNode(node)) cover(words.length, words.length + 1);
				words += EMBED;
				return;
			}
		}
		if (node instanceof Text) {
			const from = node === range.startContainer ? range.startOffset : 0;
			const to = node === range.endContainer ? range.endOffset : node.data.length;
			if (range.intersectsNode(node) && to > from) cover(words.length + from, words.length + to);
			words += node.data;
			return;
		}
		node.childNodes.forEach(walk);
	};
	walk(block);
	return { words, start: Math.max(start, 0), end, from: Number(block.dataset.from) };
}
