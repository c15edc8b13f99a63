import { Invalid } from '#lib/errors.ts';
import { BODY_MAX } from './kinds.ts';

/**
 * What somebody wrote, made fit to keep (C10): line ends as `\n`, characters that no screen shows
 * and no database takes left out, blank edges trimmed. The words themselves are not touched.
 * @throws Invalid `remark_empty` or `remark_too_long`, naming the field `body`.
 */
export function readWords(raw: string): string {
	const words = raw
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/g, '')
		.replace(/\n{4,}/g, '\n\n\n')
		.trim();
	if (words === '') throw new Invalid('remark_empty', { field: 'body' });
	if (words.length > BODY_MAX) {
		throw new Invalid('remark_too_long', { field: 'body', limit: BODY_MAX, length: words.length });
	}
	return words;
}

/** A run of plain words, or an address to be shown as a link. */
export type Piece = { text: string; href: string | null };

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`{}|\\^]+/gi;

/** Cuts words into plain runs and web addresses, so that a page can link them without any HTML. */
export function linkPieces(words: string): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	for (const match of words.matchAll(ADDRESS)) {
		const address = withoutTail(match[0]);
		if (!isAddress(address)) continue;
		if (match.index > at) pieces.push({ text: words.slice(at, match.index), href: null });
		pieces.push({ text: address, href: address });
		at = match.index + address.length;
	}
	if (at < words.length) pieces.push({ text: words.slice(at), href: null });
	return pieces;
}

/** A sentence's own punctuation after an address is not part of it; a closing bracket it opened is. */
function withoutTail(address: string): string {
	let end = address.length;
	for (; end > 0; end--) {
		const last = address.charAt(end - 1);
		if (last === ')' && isOpened(address.slice(0, end))) break;
		if (!'.,;:!?)]'.includes(last)) break;
	}
	return address.slice(0, end);
}

/** Whether every bracket closed here was opened here as well. */
function isOpened(address: string): boolean {
	return address.split('(').length >= address.split(')').length;
}

function isAddress(text: string): boolean {
	const url = URL.parse(text);
	return url !== null && url.hostname !== '' && url.username === '' && url.password === '';
}
