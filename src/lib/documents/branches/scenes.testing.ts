/** Texts, branches and busy people, made from random numbers: what the properties of branches are proved on. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { readBlocks } from '../text/blocks.ts';
import { bodyDelta, openBody } from '../text/body.ts';
import { branchUpdate, openBranch } from './branch.ts';
import type { Suggested } from './strands.ts';

/** One thing somebody does; numbers are taken modulo what the text allows. */
export interface Act {
	kind: 'write' | 'mark' | 'delete' | 'replace' | 'split' | 'join' | 'style' | 'retype' | 'rule';
	at: number;
	length: number;
	word: string;
}

export interface Scene {
	/** Acts that make the text, by clients 1 to 3 in turn. */
	made: Act[];
	/** What each branch does, under client 101, 102, …. */
	branches: Act[][];
	/** What happens in main after the fork, by clients 51 and 52 in turn. */
	meanwhile: Act[];
}

const KINDS: Act['kind'][] = [
	'write',
	'write',
	'delete',
	'replace',
	'replace',
	'split',
	'join',
	'mark',
	'style',
	'retype',
	'rule'
];

export const anAct: fc.Arbitrary<Act> = fc.record({
	kind: fc.constantFrom(...KINDS),
	at: fc.nat(10_000),
	length: fc.integer({ min: 1, max: 7 }),
	word: fc.constantFrom('ab', 'x', 'long word', 'é—', 'two\u{1F333}', 'ab')
});

export const aScene: fc.Arbitrary<Scene> = fc.record({
	made: fc.array(anAct, { maxLength: 10 }),
	branches: fc.array(fc.array(anAct, { minLength: 1, maxLength: 4 }), {
		minLength: 2,
		maxLength: 5
	}),
	meanwhile: fc.array(anAct, { maxLength: 6 })
});

/** A scene played: main as it is now and as it was at the fork, and the branches. */
export interface Played {
	fork: Uint8Array;
	main: Uint8Array;
	branches: Suggested[];
	rows: Array<{ seq: number; update: Uint8Array }>;
}

/** Plays a scene. Main collects its deleted words, as the server does. */
export function play({ made, branches, meanwhile }: Scene): Played {
	const doc = new Y.Doc();
	const body = openBody(doc);
	doc.clientID = 1;
	body.applyDelta([
		{ insert: 'One two three four five' },
		{ insert: '\n', attributes: { block: { id: 'a', type: 'clause', level: 1 } } },
		{ insert: 'six ' },
		{ insert: 'seven', attributes: { strong: true } },
		{ insert: ' eight nine' },
		{ insert: '\n', attributes: { block: { id: 'b', type: 'paragraph' } } }
	]);
	made.forEach((act, turn) => perform(doc, 1 + (turn % 3), act));
	const fork = Y.encodeStateAsUpdate(doc);
	const suggested = branches.map((acts, index) => {
		const branch = openBranch(fork);
		for (const act of acts) perform(branch.doc, 101 + index, act);
		return { id: `b${index}`, update: branchUpdate(branch), seq: 1 };
	});
	const rows: Played['rows'] = [];
	doc.on('update', (update: Uint8Array) => rows.push({ seq: 2 + rows.length, update }));
	meanwhile.forEach((act, turn) => perform(doc, 51 + (turn % 2), act));
	return { fork, main: Y.encodeStateAsUpdate(doc), branches: suggested, rows };
}

/** Does one thing to a text. */
export function perform(doc: Y.Doc, client: number, { kind, at, length, word }: Act): void {
	doc.clientID = client;
	const body = openBody(doc);
	// The last line-end stays, as the editor keeps it.
	const last = Math.max(0, body.length - 1);
	const from = offPair(body, at % (last + 1));
	const span = offPair(body, Math.min(from + length, last)) - from;
	const ends = readBlocks(body).map(({ to }) => to);
	const end = ends[at % ends.length]!;
	const block = {
		id: `n${client}.${at}`,
		type: at % 2 ? 'clause' : 'heading',
		level: 1 + (at % 3)
	};
	doc.transact(() => {
		if (kind === 'write') body.insert(from, word);
		else if (kind === 'mark') body.insert(from, word, { em: true });
		else if (kind === 'rule') body.insertEmbed(from, { type: 'break' }, {});
		else if (kind === 'split') body.insert(from, '\n', { block });
		else if (kind === 'join' && end < last) body.delete(end, 1);
		else if (kind === 'retype' && end <= last) body.format(end, 1, { block });
		else if (span === 0) return;
		else if (kind === 'style') {
			// Marks are for words: line-ends are left out, as the editor leaves them out.
			let start = from;
			for (const stop of [...ends.filter((one) => one >= from && one < from + span), from + span]) {
				if (stop > start) body.format(start, stop - start, { strong: at % 3 ? true : null });
				start = stop + 1;
			}
		} else if (kind === 'delete' || kind === 'replace') {
			body.delete(from, span);
			if (kind === 'replace') body.insert(from, word);
		}
	});
}

/** A place that is not in the middle of a surrogate pair: no editor puts its caret there. */
function offPair(body: Y.Text, at: number): number {
	const low = bodyDelta(body)
		.map(({ insert }) => (typeof insert === 'string' ? insert : '-'))
		.join('')
		.charCodeAt(at);
	return low >= 0xdc00 && low < 0xe000 ? at - 1 : at;
}

/** Throws with both sides shown unless they are equal; much faster than `expect` when they are. */
export function mustEqual(actual: unknown, wanted: unknown): void {
	if (!isDeepStrictEqual(actual, wanted)) expect(actual).toEqual(wanted);
}

/** The ids of what lives in a text, in order, one string per position. */
export function livingIds(state: Uint8Array): string[] {
	const doc = new Y.Doc();
	const body = openBody(doc);
	Y.applyUpdate(doc, state);
	const ids: string[] = [];
	for (let item = body._start; item; item = item.right) {
		if (item.deleted || !item.countable) continue;
		for (let at = 0; at < item.length; at++) ids.push(`${item.id.client}.${item.id.clock + at}`);
	}
	return ids;
}

/** A state with updates on top of it. */
export function withUpdates(state: Uint8Array, ...updates: Uint8Array[]): Uint8Array {
	const doc = new Y.Doc();
	openBody(doc);
	for (const update of [state, ...updates]) Y.applyUpdate(doc, update);
	if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('An update waits for words');
	return Y.encodeStateAsUpdate(doc);
}

/** What a text says, without what only its storage knows. */
export function reading(state: Uint8Array) {
	const doc = new Y.Doc();
	const body = openBody(doc);
	Y.applyUpdate(doc, state);
	return readBlocks(body).map(({ attrs, spans }) => ({ attrs, spans }));
}
