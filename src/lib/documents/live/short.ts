/**
 * Short forms of the two events that travel all the time: no JSON in them, so that they are small and
 * cheap to read. Everything else of a packet stays as parser.ts has it; the layout is in ../README.md.
 */
import type { FromClient, FromServer } from '../messages.ts';
import { ByteWriter, readInteger, take, type Cursor } from './integers.ts';

/** Packet types beside Socket.IO's own five. */
export const SHORT_EDIT = 5;
export const SHORT_FRAME = 6;
/** Integers on the wire end here. */
const LARGEST = 2 ** 35;
const MOST_SAVED = 100_000;

const text = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The event in its short form; undefined when it has none (any other event, or a malformed one). */
export function shorten([name, payload, ...binary]: unknown[]): Uint8Array | undefined {
	if (!binary.every((piece) => piece instanceof Uint8Array)) return undefined;
	if (name === 'edit' && binary.length === 1) return shortEdit(payload, binary[0]!);
	return name === 'frame' ? shortFrame(payload, binary) : undefined;
}

function shortEdit(payload: unknown, update: Uint8Array): Uint8Array | undefined {
	if (!hasExactly(payload, ['document', 'n'])) return undefined;
	const { document, n } = payload as FromClient['edit'];
	if (typeof document !== 'string' || !fits(n)) return undefined;
	const out = new ByteWriter();
	out.byte(SHORT_EDIT);
	out.bytes(text.encode(document));
	out.integer(n);
	out.raw(update);
	return out.finish();
}

function shortFrame(payload: unknown, updates: Uint8Array[]): Uint8Array | undefined {
	if (!hasExactly(payload, ['document', 'epoch', 'seq', 'saved'])) return undefined;
	const { document, epoch, seq, saved } = payload as FromServer['frame'];
	const even = Array.isArray(saved) && saved.length % 2 === 0 && saved.length <= 2 * MOST_SAVED;
	if (typeof document !== 'string' || !even || ![epoch, seq, ...saved].every(fits))
		return undefined;
	const out = new ByteWriter();
	out.byte(SHORT_FRAME);
	out.bytes(text.encode(document));
	for (const value of [epoch, seq, saved.length / 2, ...saved]) out.integer(value);
	for (const update of updates) out.bytes(update);
	return out.finish();
}

function hasExactly(value: unknown, keys: string[]): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return (
		Object.keys(value).length === keys.length && keys.every((key) => Object.hasOwn(value, key))
	);
}

function fits(value: unknown): boolean {
	return (
		Number.isSafeInteger(value) &&
		!Object.is(value, -0) &&
		0 <= Number(value) &&
		Number(value) < LARGEST
	);
}

/** An edit as it stands on the wire, its update not copied. */
export interface ShortEdit {
	document: string;
	n: number;
	update: Uint8Array;
}

/** Reads an edit in its short form, from its first byte on; throws when it is cut off. */
export function readShortEdit(data: Uint8Array): ShortEdit {
	const cursor = { data, at: 1 };
	const document = decoder.decode(take(cursor, readInteger(cursor)));
	const n = readInteger(cursor);
	return { document, n, update: data.subarray(cursor.at) };
}

/** Reads either short form as the event that it stands for; throws when it is cut off. */
export function lengthen(data: Uint8Array): unknown[] {
	if (data[0] === SHORT_EDIT) {
		const { document, n, update } = readShortEdit(data);
		return ['edit', { document, n }, update];
	}
	const cursor: Cursor = { data, at: 1 };
	const document = decoder.decode(take(cursor, readInteger(cursor)));
	const epoch = readInteger(cursor);
	const seq = readInteger(cursor);
	const pairs = readInteger(cursor);
	if (pairs > MOST_SAVED) throw new Error('too many numbers');
	const saved = Array.from({ length: 2 * pairs }, () => readInteger(cursor));
	const updates: Uint8Array[] = [];
	while (cursor.at < data.length) updates.push(take(cursor, readInteger(cursor)));
	return ['frame', { document, epoch, seq, saved }, ...updates];
}
