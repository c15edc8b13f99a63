import type { Bytes } from './bytes.ts';
import { RefusedUpdate, type RefusalCode } from './refusal.ts';

const MARKS = new Set(['strong', 'em', 'code', 'sup', 'sub']);
const BLOCK_KEYS = new Set(['id', 'type', 'level', 'list', 'note', 'table', 'row', 'head']);
const EMBED_KEYS = 12;
const LONGEST_VALUE = 2_048;
const DEEPEST = 4;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Skips a text and returns its length as Yjs counts it: in UTF-16 units. Text that is not valid
 * UTF-8 is refused, because Yjs would throw on it after the update had been let in.
 */
export function textLength(bytes: Bytes): number {
	const text = bytes.take(bytes.integer());
	for (let at = 0; at < text.length; at += 1) {
		if (text[at]! > 127) return decode(text, 'update_bad_text').length;
	}
	return text.length;
}

/** Checks one formatting boundary: a mark or the `block` of a line-end, with its value. */
export function checkFormat(bytes: Bytes): void {
	const key = decode(bytes.take(bytes.integer()), 'update_bad_attribute');
	const value = json(bytes, 'update_bad_attribute');
	if (value === null) return;
	if (MARKS.has(key) && typeof value === 'boolean') return;
	if (key === 'link' && typeof value === 'string') return;
	if (key === 'block' && isBlock(value)) return;
	throw new RefusedUpdate('update_bad_attribute');
}

/** Checks one embed: a small, shallow object with a type (unknown types are shown as inert). */
export function checkEmbed(bytes: Bytes): void {
	const value = json(bytes, 'update_bad_embed');
	const fine =
		isRecord(value) &&
		typeof value.type === 'string' &&
		Object.keys(value).length <= EMBED_KEYS &&
		depth(value) <= DEEPEST;
	if (!fine) throw new RefusedUpdate('update_bad_embed');
}

function isBlock(value: unknown): boolean {
	if (!isRecord(value) || typeof value.id !== 'string' || typeof value.type !== 'string') {
		return false;
	}
	return Object.entries(value).every(
		([key, entry]) =>
			BLOCK_KEYS.has(key) &&
			(entry === null || ['string', 'number', 'boolean'].includes(typeof entry))
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function depth(value: unknown): number {
	if (typeof value !== 'object' || value === null) return 0;
	return 1 + Math.max(0, ...Object.values(value).map(depth));
}

function json(bytes: Bytes, code: RefusalCode): unknown {
	const size = bytes.integer();
	if (size > LONGEST_VALUE) throw new RefusedUpdate(code, { limit: LONGEST_VALUE });
	try {
		return JSON.parse(decode(bytes.take(size), code));
	} catch (error) {
		if (error instanceof RefusedUpdate) throw error;
		throw new RefusedUpdate(code);
	}
}

function decode(text: Uint8Array, code: RefusalCode): string {
	try {
		return decoder.decode(text);
	} catch {
		throw new RefusedUpdate(code);
	}
}
