import { alignedText, type Block } from '#lib/documents/text/blocks.ts';

/** Ends a sentence, with whatever closes around it and the footnote numbers that follow it. */
const STOP = /[.!?…]+["'”’»)\]]*\uFFFC*(?=\s|$)/g;
const ABBREVIATIONS = new Set(
	(
		'e.g i.e etc cf vs viz approx al mr mrs ms dr prof st jr sr no nos sec secs art arts para paras fig figs ' +
		'vol vols ed eds pp p ch app dept gov inc ltd co corp exec mgmt res rev gen col hon jan feb mar apr jun ' +
		'jul aug sept sep oct nov dec pt pts supp stat pub reg regs u.s u.k e.u n.b a.m p.m u.s.c c.f.r ' +
		'p.ex c.-à-d m mm mme mlle env av bd'
	).split(' ')
);

/** The sentences of a text as flat ranges: within each block, without white space at the edges. */
export function sentencesOf(blocks: Block[]): Array<{ from: number; to: number }> {
	return blocks.flatMap((block) => {
		const text = alignedText(block);
		const ends = [...sentenceEnds(text), text.length];
		const sentences: Array<{ from: number; to: number }> = [];
		let start = 0;
		for (const end of ends) {
			const part = text.slice(start, end);
			const from = block.from + start + /^[\s\uFFFC]*/.exec(part)![0].length;
			const to = block.from + start + part.replace(/[\s\uFFFC]+$/, '').length;
			if (from < to) sentences.push({ from, to });
			start = end;
		}
		return sentences;
	});
}

function sentenceEnds(text: string): number[] {
	const ends: number[] = [];
	for (const { 0: stop, index } of text.matchAll(STOP)) {
		const after = text.slice(index + stop.length);
		const next = /^\s+["'“‘«([\uFFFC]*(\S)/.exec(after)?.[1];
		if (next === undefined) continue;
		// What goes on in lower case has not ended.
		if (/\p{Ll}/u.test(next) && !/^[!?]/.test(stop)) continue;
		const word = /[\p{L}\p{N}.-]*$/u.exec(text.slice(Math.max(0, index - 24), index))![0];
		if (stop.startsWith('.') && abbreviates(word, next, text.slice(0, index))) continue;
		ends.push(index + stop.length);
	}
	return ends;
}

function abbreviates(word: string, next: string, before: string): boolean {
	const bare = word.toLowerCase().replace(/^[.-]+/, '');
	if (bare === 'etc') return false;
	if (ABBREVIATIONS.has(bare)) return true;
	// An initial, as in “Anne E. Rung”, or a number that begins a list: “1. Objectives”.
	if (/^\p{Lu}$/u.test(word)) return true;
	const startsBlock = before.trim() === word;
	return startsBlock && /^(\d{1,3}|[a-zA-Z]|[ivxIVX]+)$/.test(word) && next !== '';
}
