import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import { readBlocks } from '#lib/documents/text/blocks.ts';
import { createAnchor, Resolver } from './anchor.ts';
import { PositionIndex, positionOf } from './anchor-positions.ts';

/** What people do to a text; `at` is a fraction of its length. */
const edit = fc.record({
	who: fc.nat({ max: 2 }),
	at: fc.double({ min: 0, max: 1, noNaN: true }),
	act: fc.oneof(
		fc
			.constantFrom('fox ', 'the lazy ', 'x', ' ')
			.map((words) => ({ kind: 'type' as const, words })),
		fc.integer({ min: 1, max: 9 }).map((length) => ({ kind: 'delete' as const, length })),
		fc.constant({ kind: 'split' as const }),
		fc.constant({ kind: 'bold' as const }),
		fc.constant({ kind: 'note' as const }),
		fc.constant({ kind: 'sync' as const })
	)
});

const WORDS =
	'The quick brown fox jumps over the lazy dog and the quick fox jumps over the lazy dog again.';

function team() {
	const docs = [1, 2, 3].map((client) => {
		const doc = new Y.Doc();
		doc.clientID = client;
		return { doc, body: openBody(doc) };
	});
	seedBody(docs[0]!.body, [
		{ insert: WORDS },
		{ insert: '\n', attributes: { block: { id: 'a', type: 'paragraph' } } },
		{ insert: WORDS },
		{ insert: '\n', attributes: { block: { id: 'b', type: 'paragraph' } } }
	]);
	return docs;
}

type Peer = ReturnType<typeof team>[number];

function sync(peers: Peer[]): void {
	for (const from of peers)
		for (const to of peers) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc));
}

/** The identity of each visible character: which client wrote it, as which of its characters. */
function identities(body: Y.Text): string[] {
	const ids: string[] = [];
	for (let item = body._start; item; item = item.right) {
		if (item.deleted || !item.countable) continue;
		for (let at = 0; at < item.length; at++) ids.push(`${item.id.client} ${item.id.clock + at}`);
	}
	return ids;
}

function apply(
	{ body }: Peer,
	{ at, act }: { at: number; act: { kind: string; words?: string; length?: number } },
	name: number
): void {
	const index = Math.floor(at * (body.length - 1));
	if (act.kind === 'type') body.insert(index, act.words!);
	if (act.kind === 'delete') body.delete(index, Math.min(act.length!, body.length - 1 - index));
	if (act.kind === 'split')
		body.insert(index, '\n', { block: { id: `s${name}`, type: 'paragraph' } });
	if (act.kind === 'bold') body.format(index, Math.min(6, body.length - index), { strong: true });
	if (act.kind === 'note') body.insertEmbed(index, { type: 'note', note: 'n' });
}

test('words that survive untouched are found exactly, on those very characters, on every peer', () => {
	fc.assert(
		fc.property(
			fc.array(edit, { maxLength: 25 }),
			fc.nat({ max: 60 }),
			fc.integer({ min: 2, max: 30 }),
			(edits, from, length) => {
				const peers = team();
				sync(peers);
				const { body } = peers[0]!;
				fc.pre(
					body
						.toString()
						.slice(from, from + length)
						.trim() !== ''
				);
				const anchor = createAnchor(body, readBlocks(body), from, from + length, 0);
				const start = body.toString().indexOf(anchor.quote, from);
				const own = identities(body).slice(start, start + anchor.quote.length);
				for (const [name, one] of edits.entries()) {
					if (one.act.kind === 'sync') sync(peers);
					else apply(peers[one.who]!, one, name);
				}
				sync(peers);
				for (const peer of peers) {
					const now = identities(peer.body);
					const text = peer.body.toString();
					const first = now.indexOf(own[0]!);
					const last = now.indexOf(own.at(-1)!);
					const place = new Resolver({ body: peer.body, blocks: readBlocks(peer.body) }).resolve(
						anchor
					);
					const between = first === -1 || last === -1 ? [] : now.slice(first, last + 1);
					const untouched =
						between.length === own.length && between.every((id, at) => id === own[at]);
					if (untouched) {
						expect(place).toMatchObject({ status: 'exact', from: first, to: last + 1 });
					}
					// Nothing is called exact whose words are not the words.
					if (place.status === 'exact') {
						const squeezed = (words: string) => words.replace(/[\s\uFFFC]+/g, '');
						expect(squeezed(place.found)).toBe(squeezed(anchor.quote));
					}
					if (place.status === 'orphaned')
						expect(place.from).toBeLessThanOrEqual(text.length + now.length);
				}
			}
		),
		{ numRuns: 1_000 }
	);
}, 60_000);

test('the one-walk index says what Yjs says', () => {
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 25 }), fc.nat({ max: 80 }), (edits, at) => {
			const peers = team();
			sync(peers);
			const { body } = peers[0]!;
			const [start, end] = [positionOf(body, at, 'start'), positionOf(body, at + 5, 'end')];
			for (const [name, one] of edits.entries()) {
				if (one.act.kind === 'sync') sync(peers);
				else apply(peers[one.who]!, one, name);
			}
			sync(peers);
			const index = new PositionIndex(body);
			for (const encoded of [start, end]) {
				const position = Y.decodeRelativePosition(Uint8Array.from(Buffer.from(encoded, 'base64')));
				const wanted = Y.createAbsolutePositionFromRelativePosition(position, peers[0]!.doc);
				expect(index.resolve(encoded)).toBe(wanted?.index ?? null);
			}
		}),
		{ numRuns: 1_000 }
	);
}, 60_000);
