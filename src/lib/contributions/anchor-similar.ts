import type { Anchor } from './anchor.ts';
import type { TextIndex } from './anchor-text.ts';
import { commonWords, MOST_WORDS, type Word, wordsOf } from './anchor-words.ts';

/** Words used more often than this say little about a place. */
const COMMON = 120;
const RARE_WORDS = 14;
const BUCKET = 6;
const MOST_WINDOWS = 6;
/** How alike words must be: anywhere, and in the block where they stood. */
const ALIKE_ANYWHERE = 0.6;
const ALIKE_IN_BLOCK = 0.45;
/** A few words are like others easily. */
const FEW = 7;
const ALIKE_WHEN_FEW = 0.75;
/** Fewer words than this are found again only letter by letter. */
const FEWEST = 4;

/** Finds where a text says nearly what an anchor quotes. Never certain, so always *changed*. */
export class SimilarWords {
	private readonly index: TextIndex;
	private words: Word[] = [];
	private places: Map<string, number[]> | undefined;

	constructor(index: TextIndex) {
		this.index = index;
	}

	find(anchor: Anchor): { from: number; to: number } | null {
		const quote = wordsOf(anchor.quote).slice(0, MOST_WORDS);
		if (quote.length < FEWEST) return null;
		const block = this.index.blockOf(anchor.blockId);
		const crosses = anchor.quote.includes('\n');
		const few = quote.length < FEW;
		const anywhere = few ? ALIKE_WHEN_FEW : ALIKE_ANYWHERE;
		let best: { from: number; to: number; score: number } | null = null;
		for (const start of this.windows(quote)) {
			const window = this.words.slice(Math.max(0, start), start + quote.length + 3 * BUCKET);
			for (const part of crosses ? [window] : this.withinBlocks(window)) {
				const { shared, first, last } = commonWords(quote, part);
				if (shared === 0) continue;
				const [from, to] = [part[first]!.from, part[last]!.to];
				const alike = (2 * shared) / (quote.length + last - first + 1);
				const inBlock = block !== undefined && from >= block.from && to <= block.to;
				if (alike < (inBlock ? ALIKE_IN_BLOCK : anywhere)) continue;
				if (few && shared / quote.length < ALIKE_WHEN_FEW) continue;
				const score = alike + (inBlock ? 0.2 : 0);
				if (!best || score > best.score) best = { from, to, score };
			}
		}
		return best && { from: best.from, to: this.withStop(anchor.quote, best.to) };
	}

	/** A run of words cut at line-ends: words of one block are looked for in one block. */
	private withinBlocks(words: Word[]): Word[][] {
		const parts: Word[][] = [];
		for (const word of words) {
			const part = parts.at(-1);
			const between = part ? this.index.flat.slice(part.at(-1)!.to, word.from) : '\n';
			if (part && !between.includes('\n')) part.push(word);
			else parts.push([word]);
		}
		return parts;
	}

	/** A quote that ends with a stop takes the stop with it. */
	private withStop(quote: string, to: number): number {
		if (!/[^\p{L}\p{N}\s]$/u.test(quote)) return to;
		const rest = this.index.flat.slice(to, to + 8);
		return to + (/^[^\p{L}\p{N}\s\uFFFC]*(?=[\s\uFFFC]|$)/u.exec(rest)?.[0].length ?? 0);
	}

	/** Word indices at which the quote may begin: where its rare words stand in its own order. */
	private windows(quote: Word[]): number[] {
		const places = this.wordPlaces();
		const rare = quote
			.map(({ word }, offset) => ({ offset, at: places.get(word) ?? [] }))
			.filter(({ at }) => at.length > 0 && at.length <= COMMON)
			.sort((a, b) => a.at.length - b.at.length)
			.slice(0, RARE_WORDS);
		const votes = new Map<number, number>();
		for (const { offset, at } of rare) {
			for (const place of at) {
				const bucket = Math.floor((place - offset) / BUCKET);
				for (const near of [bucket - 1, bucket]) votes.set(near, (votes.get(near) ?? 0) + 1);
			}
		}
		return [...votes]
			.sort((a, b) => b[1] - a[1])
			.slice(0, MOST_WINDOWS)
			.map(([bucket]) => bucket * BUCKET);
	}

	private wordPlaces(): Map<string, number[]> {
		if (this.places) return this.places;
		this.words = wordsOf(this.index.flat);
		this.places = new Map();
		for (const [at, { word }] of this.words.entries()) {
			const known = this.places.get(word);
			if (known) known.push(at);
			else this.places.set(word, [at]);
		}
		return this.places;
	}
}
