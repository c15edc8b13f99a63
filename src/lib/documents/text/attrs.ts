/**
 * What a block and a character may carry, and the one place where values from the wire become
 * values we trust. Everything in a Y.Text can be written by anyone who speaks the protocol, so
 * nothing here throws and nothing passes through unread.
 */

export type ListKind = 'bullet' | 'ordered';

export type BlockAttrs =
	| { id: string; type: 'paragraph' | 'quote' | 'code' }
	| { id: string; type: 'heading'; level: number }
	| { id: string; type: 'clause'; level: number }
	| { id: string; type: 'item'; list: ListKind; level: number }
	| { id: string; type: 'note'; note: string }
	| { id: string; type: 'cell'; table: string; row: string; head?: true };

export type BlockType = BlockAttrs['type'];

export interface Marks {
	strong?: true;
	em?: true;
	code?: true;
	sup?: true;
	sub?: true;
	link?: string;
}

/** Deepest level of each block type that has levels. */
export const MAX_LEVEL = { heading: 6, clause: 4, item: 6 } as const;

/** Marks that are simply on or off, in the order in which they nest. */
export const TOGGLES = ['strong', 'em', 'code', 'sup', 'sub'] as const;

/** The id a block reads as when its line-end names none. */
export const ANON = 'anon';

/** The id of the text after the last line-end. */
export const TAIL = 'tail';

const KEY = /^[\w.:-]{1,64}$/;
const LINK = /^(https?:\/\/[^/]|mailto:[^/]|#|\/(?![/\\]))/i;

/**
 * The block attributes a line-end's `block` value stands for. Unknown types and types whose
 * required keys are missing read as paragraphs; levels are clamped.
 */
export function readBlockAttrs(value: unknown): BlockAttrs {
	const given = record(value);
	const id = key(given.id) ?? ANON;
	const type = given.type;
	if (type === 'heading' || type === 'clause') return { id, type, level: level(given.level, type) };
	if (type === 'item') {
		const list = given.list === 'ordered' ? 'ordered' : 'bullet';
		return { id, type, list, level: level(given.level, type) };
	}
	if (type === 'quote' || type === 'code') return { id, type };
	if (type === 'note') {
		const note = key(given.note);
		return note ? { id, type, note } : { id, type: 'paragraph' };
	}
	if (type === 'cell') {
		const [table, row] = [key(given.table), key(given.row)];
		if (!table || !row) return { id, type: 'paragraph' };
		return given.head === true ? { id, type, table, row, head: true } : { id, type, table, row };
	}
	return { id, type: 'paragraph' };
}

/** The inline marks among a character's attributes; everything else is dropped. */
export function readMarks(attributes: Record<string, unknown> | undefined): Marks {
	const marks: Marks = {};
	if (!attributes) return marks;
	for (const name of TOGGLES) if (attributes[name] === true) marks[name] = true;
	const link = readLink(attributes.link);
	if (link) marks.link = link;
	return marks;
}

/**
 * The address if it is one that may be followed (http, https, mailto, `#fragment` or a path on
 * this site), else undefined. Control characters are refused because browsers drop them, which
 * would turn `/⇥/host` into another site.
 */
export function readLink(value: unknown): string | undefined {
	if (typeof value !== 'string' || value.length > 2048 || !LINK.test(value)) return undefined;
	for (let i = 0; i < value.length; i++) {
		const code = value.charCodeAt(i);
		if (code <= 0x20 || code === 0x7f) return undefined;
	}
	return value;
}

/** Whether two sets of marks are the same. */
export function sameMarks(a: Marks, b: Marks): boolean {
	return a.link === b.link && TOGGLES.every((name) => a[name] === b[name]);
}

/** Whether two blocks carry the same attributes, ids included. */
export function sameBlock(a: BlockAttrs, b: BlockAttrs): boolean {
	const [left, right] = [record(a), record(b)];
	const keys = Object.keys(left);
	return (
		keys.length === Object.keys(right).length && keys.every((name) => left[name] === right[name])
	);
}

/** A string that can name a block, a note, a table or a row; anything else is undefined. */
export function key(value: unknown): string | undefined {
	return typeof value === 'string' && KEY.test(value) ? value : undefined;
}

/** The value as a plain record, empty when it is none. */
export function record(value: unknown): Record<string, unknown> {
	const plain = typeof value === 'object' && value !== null && !Array.isArray(value);
	return plain ? (value as Record<string, unknown>) : {};
}

function level(value: unknown, type: keyof typeof MAX_LEVEL): number {
	if (typeof value !== 'number' || Number.isNaN(value)) return 1;
	return Math.min(MAX_LEVEL[type], Math.max(1, Math.trunc(value)));
}
