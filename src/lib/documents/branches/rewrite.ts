/**
 * A block in other words: somebody sends the whole block as they would have it, and what they changed
 * is found word by word, so that every word they left alone stays the very same word.
 */
import type * as Y from 'yjs';
import { commonPairs, type Pair } from '../compare/sequence.ts';
import { type Block, type Marks, plainText } from '../text/blocks.ts';
import { ChangeWriter } from '../text/change.ts';

/** The smallest thing that is kept or replaced. Notes and rules are none: no form shows them. */
interface Token {
	text: string;
	/** Flat indices. */
	from: number;
	to: number;
	marks: Marks;
}

const BREAK = '\n';
const PARTS = /\n|[\p{L}\p{N}\p{M}_]+(?:['’][\p{L}\p{M}]+|[.,]\p{N}+)*|[^\S\n]+|[^]/gu;

/**
 * Puts other words into a block; a line feed is a line break in it, and no words at all take the block
 * away, unless it is the only one left. False when nothing changes.
 */
export function rewriteBlock(body: Y.Text, blocks: readonly Block[], id: string, words: string) {
	const at = blocks.findIndex((block) => block.id === id);
	const block = blocks[at]!;
	const write = new ChangeWriter();
	write.retain(block.from);
	if (words.trim() === '') {
		const last = at === blocks.length - 1;
		write.delete(block.to - block.from + (last ? 0 : 1));
	} else replaceWords(write, block, likeBefore(plainText(block), words));
	const change = write.finish();
	if (!change.some((op) => !('retain' in op))) return false;
	body.applyDelta(change);
	return true;
}

/** The words with their white space as text fields keep it: the block's own at both ends. */
function likeBefore(before: string, words: string): string {
	const [lead, trail] = [/^\s*/.exec(before)![0], /\s*$/.exec(before)![0]];
	const clean = words.replace(/\r\n?/g, BREAK).replace(/[^\S\n]*\n[^\S\n]*/g, BREAK);
	return before.trim() === '' ? clean.trim() : `${lead}${clean.trim()}${trail}`;
}

function replaceWords(write: ChangeWriter, block: Block, words: string): void {
	const old = tokensOf(block);
	const now = words.match(PARTS) ?? [];
	const pairs = commonPairs(
		old.map(({ text }) => text),
		now
	);
	let at = block.from;
	let [a, b] = [0, 0];
	const kept = withoutGaps(slid(pairs, old, now), old);
	for (const [keptA, keptB] of [...kept, [old.length, now.length] as Pair]) {
		const gone = old.slice(a, keptA);
		for (const { from, to } of gone) {
			write.retain(from - at);
			write.delete(to - from);
			at = to;
		}
		const put = now.slice(b, keptB);
		if (put.length > 0) {
			const before = old[a - 1];
			// Where nothing is replaced the words go right after the word before them.
			const place = gone.length > 0 ? at : (before?.to ?? old[keptA]?.from ?? block.to);
			write.retain(place - at);
			at = place;
			insert(write, put, marksFor(gone, before, old[keptA]));
		}
		[a, b] = [keptA + 1, keptB + 1];
	}
}

function tokensOf({ spans, from }: Block): Token[] {
	const tokens: Token[] = [];
	let at = from;
	for (const span of spans) {
		if ('embed' in span) {
			if (span.embed.type === 'break') {
				tokens.push({ text: BREAK, from: at, to: at + 1, marks: span.marks });
			}
			at += 1;
			continue;
		}
		for (const { 0: text, index } of span.text.matchAll(PARTS)) {
			const start = at + index;
			tokens.push({ text, from: start, to: start + text.length, marks: span.marks });
		}
		at += span.text.length;
	}
	return tokens;
}

/**
 * Of several spaces any may count as the one that stayed. Where words were changed on both sides of it and on
 * one side only put in or taken away, it is the farthest one: then "may" becomes "shall be allowed to" in one
 * change, not in one and another behind it.
 */
function slid(pairs: Pair[], old: Token[], now: string[]): Pair[] {
	const slid: Pair[] = [];
	for (const [at, [a, b]] of pairs.entries()) {
		const gap = old[a]!.text;
		const [beforeA, beforeB] = slid[at - 1] ?? [-1, -1];
		const [nextA, nextB] = pairs[at + 1] ?? [old.length, now.length];
		const [goneBefore, putBefore] = [a - beforeA > 1, b - beforeB > 1];
		const [goneAfter, putAfter] = [nextA - a > 1, nextB - b > 1];
		const isBetween = (goneBefore || putBefore) && (goneAfter || putAfter);
		if (gap.trim() !== '' || gap === BREAK || !isBetween) slid.push([a, b]);
		else if (!goneAfter && now[nextB - 1] === gap) slid.push([a, nextB - 1]);
		else if (!putAfter && old[nextA - 1]!.text === gap) slid.push([nextA - 1, b]);
		else if (!goneBefore && now[beforeB + 1] === gap) slid.push([a, beforeB + 1]);
		else if (!putBefore && old[beforeA + 1]!.text === gap) slid.push([beforeA + 1, b]);
		else slid.push([a, b]);
	}
	return slid;
}

/**
 * A space between two words that are both replaced is replaced with them: a phrase that takes the
 * place of a phrase is one change, not as many as it has words.
 */
function withoutGaps(pairs: Pair[], old: Token[]): Pair[] {
	return pairs.filter(([a, b], at) => {
		if (old[a]!.text.trim() !== '' || old[a]!.text === BREAK) return true;
		const [beforeA, beforeB] = pairs[at - 1] ?? [-1, -1];
		const [nextA, nextB] = pairs[at + 1] ?? [Infinity, Infinity];
		const replaced = a - beforeA > 1 && b - beforeB > 1 && nextA - a > 1 && nextB - b > 1;
		const last = nextA === Infinity && a === old.length - 1;
		return !replaced || last;
	});
}

function insert(write: ChangeWriter, put: string[], marks: Marks): void {
	const attributes = new Map<string, unknown>(Object.entries(marks));
	for (const part of put.join('').split(/(\n)/)) {
		if (part === BREAK) write.insert({ type: 'break' }, new Map());
		else if (part !== '') write.insert(part, attributes);
	}
}

/** As the words they replace are marked; else as both neighbours are. */
function marksFor(gone: Token[], before?: Token, after?: Token): Marks {
	const [first, last] = gone.length > 0 ? [gone[0]!, gone.at(-1)!] : [before, after];
	if (!first || !last) return (first ?? last)?.marks ?? {};
	const shared = Object.entries(first.marks).filter(
		([name, value]) => last.marks[name as keyof Marks] === value
	);
	return Object.fromEntries(shared) as Marks;
}
