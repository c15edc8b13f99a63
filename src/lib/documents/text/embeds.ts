import { key, record } from './attrs.ts';

/** One index position in the text that is not a character. */
export type Embed =
	| { type: 'note'; note: string }
	| { type: 'break' }
	| { type: 'rule' }
	| { type: 'unknown'; value: unknown };

/**
 * The embed a value from the text stands for. What we do not know is kept as an inert `unknown`
 * with its value, so that a copy of it still says what it was.
 */
export function readEmbed(value: unknown): Embed {
	const given = record(value);
	const note = key(given.note);
	if (given.type === 'note' && note) return { type: 'note', note };
	if (given.type === 'break' || given.type === 'rule') return { type: given.type };
	return { type: 'unknown', value: plain(value) };
}

/** The value to write into the text for an embed. */
export function writeEmbed(embed: Embed): object {
	if (embed.type !== 'unknown') return embed;
	const value = embed.value;
	return typeof value === 'object' && value !== null ? value : { type: 'unknown' };
}

/** Whether two embeds stand for the same thing. */
export function sameEmbed(a: Embed, b: Embed): boolean {
	if (a.type === 'note') return b.type === 'note' && a.note === b.note;
	if (a.type !== 'unknown') return a.type === b.type;
	return b.type === 'unknown' && JSON.stringify(a.value) === JSON.stringify(b.value);
}

/** JSON or nothing: a shared type or a binary inside the text is shown, never looked into. */
function plain(value: unknown): unknown {
	if (typeof value !== 'object') return typeof value === 'function' ? null : (value ?? null);
	if (value === null || Array.isArray(value)) return value;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null ? value : null;
}
