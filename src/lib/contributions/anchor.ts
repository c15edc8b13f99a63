import type * as Y from 'yjs';
import type { Block } from '#lib/documents/text/blocks.ts';
import { Invalid } from '#lib/errors.ts';
import { PositionIndex, positionOf } from './anchor-positions.ts';
import { type Range, Search } from './anchor-search.ts';
import { sameWords, TextIndex, wordsIn } from './anchor-text.ts';
import { likeness } from './anchor-words.ts';
import type { AnchorStatus } from './kinds.ts';

/** How many characters before and after the words are remembered. */
const CONTEXT = 128;
/** From this likeness on, words that changed where they stand are still the words meant. */
const STILL_THERE = 0.5;

/** Where somebody's remark sits in a text. Kept as it was made; looked up again as the text moves. */
export interface Anchor {
	/** The block that holds the first word. */
	blockId: string;
	/** Yjs relative positions, base64; '' when the words were not in a shared text. */
	relStart: string;
	relEnd: string;
	/** The words themselves; line-ends as `\n`, embeds left out. */
	quote: string;
	prefix: string;
	suffix: string;
	/** The sequence number of the text the words were read in. */
	seq: number;
}

/** What an anchor comes to in a text. `from` and `to` are flat indices; equal when orphaned. */
export interface Place {
	status: AnchorStatus;
	from: number;
	to: number;
	/** The block the place is in; where the words stood when orphaned. */
	blockId: string;
	/** The words found there, '' when orphaned. */
	found: string;
}

/** A text to look in: its blocks, and its shared body when there is one. */
export interface AnchorSource {
	body?: Y.Text | null;
	blocks: Block[];
}

/**
 * An anchor on the words from `from` up to `to` (flat indices; white space at the edges is left out).
 * @throws Invalid `annotation_no_words` when there are no words in the range.
 */
export function createAnchor(
	body: Y.Text | null,
	blocks: Block[],
	from: number,
	to: number,
	seq: number
): Anchor {
	const index = new TextIndex(blocks);
	return anchorIn(index, body, from, to, seq);
}

/** The same on a text that is laid out already, for making many. */
export function anchorIn(
	index: TextIndex,
	body: Y.Text | null,
	from: number,
	to: number,
	seq: number
): Anchor {
	const chosen = index.flat.slice(from, to);
	const start = from + /^[\s\uFFFC]*/.exec(chosen)![0].length;
	const end = from + chosen.replace(/[\s\uFFFC]+$/, '').length;
	if (start >= end) throw new Invalid('annotation_no_words');
	return {
		blockId: index.blockAt(start)?.id ?? '',
		relStart: body ? positionOf(body, start, 'start') : '',
		relEnd: body ? positionOf(body, end, 'end') : '',
		quote: index.words(start, end),
		prefix: wordsIn(index.flat.slice(Math.max(0, start - CONTEXT), start)),
		suffix: wordsIn(index.flat.slice(end, end + CONTEXT)),
		seq
	};
}

/** Where one anchor's words are in a text; see `Resolver` for the rules. */
export function resolveAnchor(anchor: Anchor, source: AnchorSource): Place {
	return new Resolver(source).resolve(anchor);
}

/** Where the words of many anchors are, in the order given. */
export function resolveAll(anchors: Anchor[], source: AnchorSource): Place[] {
	const resolver = new Resolver(source);
	return anchors.map((anchor) => resolver.resolve(anchor));
}

/**
 * Looks anchors up in one text, in this order:
 * 1. Its relative positions, when they still enclose the same words: *exact*.
 * 2. The very words elsewhere, when nothing but this place can be meant: *exact* (`Search.verbatim`).
 * 3. What its positions still enclose, the very words at a less certain place, or similar words: *changed*.
 * 4. Nothing: *orphaned*, at the place where the words stood.
 */
export class Resolver {
	readonly index: TextIndex;
	private readonly positions: PositionIndex | null;
	private search: Search | undefined;

	constructor({ body, blocks }: AnchorSource) {
		this.index = new TextIndex(blocks);
		this.positions = body ? new PositionIndex(body) : null;
	}

	resolve(anchor: Anchor): Place {
		const from = this.positions?.resolve(anchor.relStart) ?? null;
		const to = this.positions?.resolve(anchor.relEnd) ?? null;
		const held = from !== null && to !== null && from < to ? { from, to } : null;
		const words = held ? this.index.words(held.from, held.to) : '';
		if (held && sameWords(words, anchor.quote)) return this.place('exact', held);
		const remains = held !== null && words.trim() !== '';
		if (remains && likeness(words, anchor.quote) >= STILL_THERE) return this.place('changed', held);

		this.search ??= new Search(this.index);
		const verbatim = this.search.verbatim(anchor);
		if (verbatim?.certain) return this.place('exact', verbatim);
		if (remains) return this.place('changed', held);
		const similar = verbatim ?? this.search.similar(anchor);
		if (similar) return this.place('changed', similar);
		return this.orphan(from ?? to ?? this.search.whereItStood(anchor));
	}

	/** A result at a range of this text. */
	place(status: AnchorStatus, { from, to }: Range): Place {
		const blockId = this.index.blockAt(from)?.id ?? '';
		return { status, from, to, blockId, found: this.index.words(from, to) };
	}

	private orphan(at: number): Place {
		return { ...this.place('orphaned', { from: at, to: at }), found: '' };
	}
}
