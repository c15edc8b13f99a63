import * as Y from 'yjs';
import { HouseError } from '#lib/errors.ts';
import { checkUpdate, type Summary } from '#lib/documents/live/guard.ts';
import { Reach } from '#lib/documents/live/reach.ts';
import { openBody } from '#lib/documents/text/body.ts';

/** A document as the server holds it, with a body that client 1 wrote. */
export function guardedDoc(write: (body: Y.Text) => void): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	write(openBody(doc));
	return doc;
}

/** The update that a client makes of one change to a copy of the document. */
export function updateOf(doc: Y.Doc, client: number, change: (body: Y.Text) => void): Uint8Array {
	const copy = new Y.Doc();
	const body = openBody(copy);
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	copy.clientID = client;
	const before = Y.encodeStateVector(copy);
	let update: Uint8Array | undefined;
	copy.on('update', (made: Uint8Array) => (update = made));
	copy.transact(() => change(body));
	return update ?? Y.encodeStateAsUpdate(copy, before);
}

/** The guard's verdict: a summary, or the code of the refusal. */
export function attempt(doc: Y.Doc, update: Uint8Array, leased: number[]): Summary | string {
	try {
		return checkUpdate(update, {
			clockOf: (client) => Y.getState(doc.store, client),
			isLeased: (client) => leased.includes(client),
			reach: new Reach({ doc })
		});
	} catch (error) {
		if (error instanceof HouseError) return error.code;
		throw error;
	}
}

/** An update of one client whose parts are given as raw bytes, deleting nothing. */
export function itemUpdate(
	client: number,
	clock: number,
	count: number,
	parts: number[]
): Uint8Array {
	return Uint8Array.from([
		1,
		...varuint(count),
		...varuint(client),
		...varuint(clock),
		...parts,
		0
	]);
}

/** lib0's variable-length integer. */
export function varuint(value: number): number[] {
	const bytes: number[] = [];
	for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
	return [...bytes, value];
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A damaged copy: bytes flipped, cut, doubled, or the head of one joined to the tail of another. */
export function mutate(update: Uint8Array, others: Uint8Array[], random: () => number): Uint8Array {
	const bytes = [...update];
	const at = () => Math.floor(random() * bytes.length);
	const rounds = 1 + Math.floor(random() * 3);
	for (let round = 0; round < rounds && bytes.length > 0; round += 1) {
		const choice = Math.floor(random() * 6);
		if (choice === 0) bytes[at()] = Math.floor(random() * 256);
		else if (choice === 1) bytes[at()]! ^= 1 << Math.floor(random() * 8);
		else if (choice === 2) bytes.splice(at(), 1 + Math.floor(random() * 4));
		else if (choice === 3) bytes.splice(at(), 0, ...bytes.slice(at(), at() + 6));
		else if (choice === 4) bytes[at()] = [0, 1, 127, 128, 255][Math.floor(random() * 5)]!;
		else {
			const other = others[Math.floor(random() * others.length)]!;
			bytes.splice(at(), bytes.length, ...other.slice(Math.floor(random() * other.length)));
		}
	}
	return Uint8Array.from(bytes);
}

/** Milliseconds of this thread's own work so far: a busy machine does not make it longer. */
export function workMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}
