import type { Anchor } from './anchor.ts';
import { normal, type TextIndex } from './anchor-text.ts';
import {
	agreement,
	beginsWhole,
	cutItself,
	cutsWord,
	endsWhole,
	reversed,
	sameEdges
} from './anchor-context.ts';
import { SimilarWords } from './anchor-similar.ts';

export interface Range {
	from: number;
	to: number;
}

interface Candidate extends Range {
	/** 0 to 1: how much of what stood around the words stands around them here. */
	context: number;
	sameBlock: boolean;
	/** Was a whole sentence or block, and begins or ends one here. */
	whole: boolean;
	score: number;
}

const MOST_CANDIDATES = 500;
/** So many words in a row do not stand in one text twice by chance. */
const UNLIKELY_TWICE = 8;
const UNLIKELY_LENGTH = 40;
/** By how much the best place must fit better than the next one. */
const CLEARLY = 0.06;
/** What agreement beyond the nearest characters counts, to tell equal sentences apart. */
const FAR_CONTEXT = 0.4;

/** Looks for an anchor's words in a text with which it shares no history, or no longer. */
export class Search {
	private readonly index: TextIndex;
	private readonly similarWords: SimilarWords;

	constructor(index: TextIndex) {
		this.index = index;
		this.similarWords = new SimilarWords(index);
	}

	/**
	 * The best place where the very words stand. `certain` only when nothing else can be meant: it is
	 * in the same block, or the surroundings agree and agree better than anywhere else, or the only
	 * place for a whole sentence or for words too many to repeat by chance.
	 */
	verbatim(anchor: Anchor): (Range & { certain: boolean }) | null {
		const found = this.candidates(anchor).sort((a, b) => b.score - a.score);
		const [best, second] = found;
		if (!best) return null;
		const words = anchor.quote.trim().split(/\s+/).length;
		const only = second === undefined;
		const agrees = best.sameBlock || best.context >= (only ? 0.3 : 0.4);
		const long = words >= UNLIKELY_TWICE || anchor.quote.length >= UNLIKELY_LENGTH;
		const unmistakable = only && (long || (best.whole && words >= 2));
		const ahead = only || best.score - second.score >= CLEARLY;
		if ((agrees || unmistakable) && ahead) return { ...best, certain: true };
		const worthShowing = best.sameBlock || best.context >= 0.2 || words >= 3 || best.whole;
		return worthShowing ? { ...best, certain: false } : null;
	}

	/** The place of words that say nearly the same. */
	similar(anchor: Anchor): Range | null {
		return this.similarWords.find(anchor);
	}

	/** All places of the very words, as ranges of the flat text, in order. */
	occurrences(anchor: Anchor): Range[] {
		const quote = normal(anchor.quote).text;
		if (quote === '') return [];
		const { text, at } = this.index.normal;
		const ranges: Range[] = [];
		for (let from = text.indexOf(quote); from !== -1; from = text.indexOf(quote, from + 1)) {
			const to = from + quote.length;
			if (cutsWord(text, from) || cutsWord(text, to)) {
				if (!cutItself(anchor, text, from, to)) continue;
			}
			ranges.push({ from: at[from]!, to: at[to - 1]! + 1 });
			if (ranges.length >= MOST_CANDIDATES) break;
		}
		return ranges;
	}

	/** The flat index nearest to where the words stood, by the block or by what stood around them. */
	whereItStood(anchor: Anchor): number {
		const block = this.index.blockOf(anchor.blockId);
		if (block) return block.from;
		const { text, at } = this.index.normal;
		for (const length of [48, 24, 12]) {
			const before = normal(anchor.prefix).text.slice(-length);
			const place = before.length >= Math.min(length, 8) ? text.indexOf(before) : -1;
			if (place !== -1) return at[place + before.length] ?? this.index.flat.length;
			const after = normal(anchor.suffix).text.slice(0, length);
			const next = after.length >= Math.min(length, 8) ? text.indexOf(after) : -1;
			if (next !== -1) return at[next]!;
		}
		return 0;
	}

	private candidates(anchor: Anchor): Candidate[] {
		const { flat } = this.index;
		const block = this.index.blockOf(anchor.blockId);
		const [prefix, suffix] = [normal(anchor.prefix).text, normal(anchor.suffix).text];
		const wasWhole = beginsWhole(anchor.prefix) && endsWhole(anchor.quote, anchor.suffix);
		return this.occurrences(anchor).map(({ from, to }) => {
			const before = flat.slice(Math.max(0, from - anchor.prefix.length - 32), from);
			const after = flat.slice(to, to + anchor.suffix.length + 32);
			const left = agreement(reversed(prefix), reversed(normal(before).text));
			const right = agreement(suffix, normal(after).text);
			const context = (left.near + right.near) / 2;
			const far = ((left.far + right.far) / 2) * FAR_CONTEXT;
			const sameBlock = block !== undefined && from >= block.from && from <= block.to;
			const whole = wasWhole && (beginsWhole(before) || endsWhole(anchor.quote, after));
			const edges = sameEdges(anchor, before, after) ? 0.1 : 0;
			return {
				from,
				to,
				context,
				sameBlock,
				whole,
				score: context + far + edges + (sameBlock ? 0.5 : 0)
			};
		});
	}
}
