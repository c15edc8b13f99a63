/** What stands around an anchor's words, in the old text and in a new one. */
import type { Anchor } from './anchor.ts';

/** So many characters of agreement on one side are as good as all of them. */
const ENOUGH_CONTEXT = 24;

/**
 * 0 to 1, how far two texts agree from their start: over the nearest characters, and over all that is
 * remembered. Two empty ones agree: both are the edge of their text.
 */
export function agreement(wanted: string, there: string): { near: number; far: number } {
	if (wanted === '') return there === '' ? { near: 1, far: 1 } : { near: 0, far: 0 };
	let length = 0;
	while (length < wanted.length && wanted[length] === there[length]) length++;
	const enough = Math.min(ENOUGH_CONTEXT, wanted.length);
	return { near: Math.min(length, enough) / enough, far: length / wanted.length };
}

export function sameEdges(anchor: Anchor, before: string, after: string): boolean {
	const starts = (text: string) => /(^|\n)\s*$/.test(text);
	const ends = (text: string) => /^\s*(\n|$)/.test(text);
	return starts(anchor.prefix) === starts(before) && ends(anchor.suffix) === ends(after);
}

/** Whether what follows this text is the beginning of a sentence. */
export function beginsWhole(before: string): boolean {
	return /(^|\n|[.!?;:]["'”’)\]\uFFFC]*\s+)[\s\uFFFC]*$/.test(before);
}

export function endsWhole(quote: string, after: string): boolean {
	return (
		/^[\s\uFFFC]*(\n|$)/.test(after) ||
		(/[.!?;:]["'”’)\]]*$/.test(quote) && /^[\s\uFFFC]/.test(after))
	);
}

export function cutsWord(text: string, at: number): boolean {
	return /[\p{L}\p{N}]/u.test(text.charAt(at - 1)) && /[\p{L}\p{N}]/u.test(text.charAt(at));
}

/** Whether the anchor's own words began or ended inside a word in the same way. */
export function cutItself(anchor: Anchor, text: string, from: number, to: number): boolean {
	const whole = anchor.prefix + anchor.quote + anchor.suffix;
	const start = anchor.prefix.length;
	const end = start + anchor.quote.length;
	return (
		(!cutsWord(text, from) || cutsWord(whole, start)) &&
		(!cutsWord(text, to) || cutsWord(whole, end))
	);
}

export function reversed(text: string): string {
	return Array.from(text).reverse().join('');
}
