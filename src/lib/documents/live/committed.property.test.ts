import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openBody } from '../text/body.ts';
import { Assembled } from './assembled.ts';
import { Committed } from './committed.ts';

const RUNS = Number(process.env.FC_RUNS ?? 2_000);

const act = fc.record({
	who: fc.nat({ max: 3 }),
	kind: fc.constantFrom('insert', 'delete', 'format', 'embed', 'sync', 'sync'),
	at: fc.nat({ max: 60 }),
	words: fc.constantFrom('a', 'bc 漢', '\n', 'éñ', 'long words here '),
	length: fc.integer({ min: 1, max: 8 })
});
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** People who write, and the log of what they wrote in the order it was committed. */
class Scene {
	readonly peers = [0, 1, 2, 3].map((who) => {
		const doc = new Y.Doc();
		// Client ids far apart and not in the order of who writes first.
		doc.clientID = [70_000, 3, 4_000_000_000, 900][who]!;
		return { doc, body: openBody(doc), sent: 0 };
	});
	readonly log: Uint8Array[] = [];

	constructor() {
		for (const { doc } of this.peers) {
			doc.on('update', (update: Uint8Array, origin: unknown) => {
				if (origin !== 'log') this.log.push(update);
			});
		}
	}

	do({ who, kind, at, words, length }: Act): void {
		const peer = this.peers[who]!;
		const { body } = peer;
		const place = at % (body.length + 1);
		const room = Math.min(length, body.length - place);
		if (kind === 'insert') body.insert(place, words, words === '\n' ? {} : undefined);
		else if (kind === 'embed') body.insertEmbed(place, { type: 'break' });
		else if (kind === 'sync') this.#catchUp(peer);
		else if (room < 1) return;
		else if (kind === 'delete') body.delete(place, room);
		else body.format(place, room, { strong: length % 2 === 0 ? true : null });
	}

	#catchUp(peer: Scene['peers'][number]): void {
		for (const update of this.log.slice(peer.sent)) Y.applyUpdate(peer.doc, update, 'log');
		peer.sent = this.log.length;
	}
}

const built = (updates: Iterable<Uint8Array>) => {
	const doc = new Y.Doc();
	openBody(doc);
	for (const update of updates) {
		Y.applyUpdate(doc, update);
		expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
	}
	return doc;
};
const contentOf = (doc: Y.Doc) => openBody(doc).toDelta() as unknown;
const never = () => new Error('incomplete');

test('stored updates answer and build as the text they make up, whatever the cut', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(act, { minLength: 1, maxLength: 40 }),
			fc.nat(),
			fc.nat(),
			async (acts, cut, some) => {
				const scene = new Scene();
				for (const one of acts) scene.do(one);
				const { log } = scene;
				const stored = cut % (log.length + 1);
				const snapshot = Y.encodeStateAsUpdate(built(log.slice(0, stored)));
				const updates = [snapshot, ...log.slice(stored)];
				const whole = built(updates);

				const assembled = new Assembled(updates);
				expect(contentOf(built([assembled.since()]))).toEqual(contentOf(whole));
				const pieces = [...assembled.pieces(1 + (some % 5))];
				expect(Y.encodeStateVector(built(pieces))).toEqual(Y.encodeStateVector(whole));
				expect(contentOf(built(pieces))).toEqual(contentOf(whole));

				// Somebody who has any of it, and work of his own besides, gets the rest.
				for (const { doc } of scene.peers) {
					const news = assembled.since(Y.decodeStateVector(Y.encodeStateVector(doc)));
					Y.applyUpdate(doc, news, 'log');
					expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
					expect(contentOf(doc)).toEqual(contentOf(whole));
				}

				const text = new Committed(updates.slice(0, 1), never);
				text.apply(updates.slice(1));
				expect(contentOf(built([text.since()]))).toEqual(contentOf(whole));
				expect(contentOf(built([text.compact()]))).toEqual(contentOf(whole));
				expect(contentOf(built([text.since()]))).toEqual(contentOf(whole));
				const later = new Committed(updates, never);
				await later.build();
				expect(contentOf(later.doc)).toEqual(contentOf(whole));
			}
		),
		{ numRuns: RUNS }
	);
}, 600_000);

test('updates that overlap are still answered and built', () => {
	const doc = new Y.Doc();
	const body = openBody(doc);
	const log: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => log.push(update));
	for (const word of ['one ', 'two 😀 ', 'three ']) body.insert(body.length, word);
	// The second message was sent again with the third in it.
	const known = Y.encodeStateVectorFromUpdate(log[0]!);
	const text = new Committed([log[0]!, log[1]!, Y.encodeStateAsUpdate(doc, known)], never);
	expect(openBody(built([text.since()])).toString()).toBe('one two 😀 three ');
	expect(text.body.toString()).toBe('one two 😀 three ');
	expect(openBody(built([log[0]!, text.since(known)])).toString()).toBe('one two 😀 three ');
});

test('a text that is not whole is never handed out', async () => {
	const doc = new Y.Doc();
	const body = openBody(doc);
	const log: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => log.push(update));
	for (const word of ['one ', 'two ', 'three ']) body.insert(0, word);
	const text = new Committed([log[0]!, log[2]!], never);
	expect(() => text.doc).toThrow('incomplete');
	expect(() => text.body).toThrow('incomplete');
	await expect(text.build()).rejects.toThrow('incomplete');
});

test('what was typed and deleted since is not brought along for ever', () => {
	const doc = new Y.Doc();
	const body = openBody(doc);
	body.insert(0, 'kept');
	const text = new Committed([Y.encodeStateAsUpdate(doc)], never);
	doc.on('update', (update: Uint8Array) => text.apply([update]));
	for (let round = 0; round < 10; round += 1) {
		body.insert(0, 'x'.repeat(100_000));
		body.delete(0, 100_000);
	}
	expect(text.since().length).toBeLessThan(100_000);
	expect(openBody(built([text.since()])).toString()).toBe('kept');
	text.compact();
	body.insert(4, ' on');
	expect(openBody(built([text.since()])).toString()).toBe('kept on');
});
