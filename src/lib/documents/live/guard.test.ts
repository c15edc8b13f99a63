import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { seedBody } from '#lib/documents/text/body.ts';
import { attempt, guardedDoc, itemUpdate, updateOf, varuint, workMs } from '#tests/live/updates.ts';

const SEED = [
	{ insert: 'Shade by 2030' },
	{ insert: '\n', attributes: { block: { id: 'h1', type: 'heading', level: 1 } } },
	{ insert: 'Every square has a tree. Ça marche \u{1F333}.' },
	{ insert: '\n', attributes: { block: { id: 'p1', type: 'paragraph' } } }
];
const seeded = () => guardedDoc((body) => seedBody(body, SEED));

describe('the guard lets honest edits in (D7)', () => {
	it.each([
		['typing', (body: Y.Text) => body.insert(5, 'x')],
		['typing beyond the basic plane', (body: Y.Text) => body.insert(5, 'a\u{1F333}é漢')],
		['deleting', (body: Y.Text) => body.delete(2, 20)],
		['marking', (body: Y.Text) => body.format(2, 6, { strong: true, link: 'https://a.example' })],
		[
			'splitting',
			(body: Y.Text) =>
				body.insert(4, '\n', { block: { id: 'n', type: 'item', list: 'bullet', level: 1 } })
		],
		[
			'retyping a block',
			(body: Y.Text) => body.format(13, 1, { block: { id: 'h1', type: 'quote' } })
		],
		['an embed', (body: Y.Text) => body.insertEmbed(7, { type: 'note', note: 'n1' })],
		[
			'typing and deleting at once',
			(body: Y.Text) => {
				body.insert(3, 'abc');
				body.delete(3, 3);
			}
		],
		[
			'a paste',
			(body: Y.Text) => {
				for (let n = 0; n < 900; n += 1) body.insert(n * 2, 'w\n');
			}
		]
	])('%s', (_, change) => {
		const doc = seeded();
		const update = updateOf(doc, 77, change);
		const summary = attempt(doc, update, [77]);
		expect(summary).not.toBeTypeOf('string');
		Y.applyUpdate(doc, update);
		expect(doc.store.pendingStructs).toBeNull();
		expect(doc.store.pendingDs).toBeNull();
	});

	it('counts text as Yjs does', () => {
		const doc = seeded();
		const update = updateOf(doc, 77, (body) => body.insert(0, 'a\u{1F333}é漢'));
		expect(attempt(doc, update, [77])).toMatchObject({ client: 77, clockFrom: 0, clockLen: 5 });
	});

	it('takes an update again, in part or whole', () => {
		const doc = seeded();
		const first = updateOf(doc, 77, (body) => body.insert(0, 'one '));
		Y.applyUpdate(doc, first);
		expect(attempt(doc, first, [77])).toMatchObject({ clockFrom: 0, clockLen: 4 });
		const second = updateOf(doc, 77, (body) => body.insert(4, 'two '));
		expect(attempt(doc, Y.mergeUpdates([first, second]), [77])).toMatchObject({ clockLen: 8 });
	});
});

describe('the guard refuses (D8)', () => {
	const victim = 5;
	const text = (length: number) => [4, length, ...Array<number>(length).fill(97)];
	const onBody = [1, 4, 98, 111, 100, 121];
	it.each<[string, string, (doc: Y.Doc) => Uint8Array]>([
		[
			"somebody else's client id",
			'update_client_not_leased',
			() => itemUpdate(victim, 0, 1, [4, ...onBody, 1, 97])
		],
		['a gap in the clock', 'update_clock_gap', () => itemUpdate(77, 9, 1, [4, ...onBody, 1, 97])],
		['a skip', 'update_kind', () => itemUpdate(77, 0, 1, [10, 3])],
		['a garbage struct', 'update_kind', () => itemUpdate(77, 0, 1, [0, ...varuint(2 ** 40)])],
		[
			'huge deleted content',
			'update_kind',
			() => itemUpdate(77, 0, 1, [1, ...onBody, ...varuint(2 ** 40)])
		],
		['binary content', 'update_kind', () => itemUpdate(77, 0, 1, [3, ...onBody, 1, 1])],
		['a nested type', 'update_kind', () => itemUpdate(77, 0, 1, [7, ...onBody, 0])],
		['a subdocument', 'update_kind', () => itemUpdate(77, 0, 1, [9, ...onBody, 1, 97, 116])],
		['any content', 'update_kind', () => itemUpdate(77, 0, 1, [8, ...onBody, 1, 126])],
		['JSON content', 'update_kind', () => itemUpdate(77, 0, 1, [2, ...onBody, 1, 1, 49])],
		['an empty text', 'update_kind', () => itemUpdate(77, 0, 1, [4, ...onBody, 0])],
		[
			'another root',
			'update_parent',
			() => itemUpdate(77, 0, 1, [4, 1, 4, 101, 118, 105, 108, 1, 97])
		],
		['a parent by id', 'update_parent', () => itemUpdate(77, 0, 1, [4, 0, 1, 0, 1, 97])],
		[
			'a map entry',
			'update_parent',
			() => itemUpdate(77, 0, 1, [4 | 0x20, ...onBody, 1, 107, 1, 97])
		],
		[
			'an unknown left neighbour',
			'update_unknown_origin',
			() => itemUpdate(77, 0, 1, [4 | 0x80, 9, 9, 1, 97])
		],
		[
			'itself as a neighbour',
			'update_unknown_origin',
			() => itemUpdate(77, 0, 1, [4 | 0x80, 77, 0, 1, 97])
		],
		[
			'an unknown right neighbour',
			'update_unknown_origin',
			() => itemUpdate(77, 0, 1, [4 | 0x40, 1, ...varuint(9999), 1, 97])
		],
		[
			'two inserting clients',
			'update_many_clients',
			() => Uint8Array.from([2, 1, 77, 0, 4, ...onBody, 1, 97, 1, 78, 0, 4, ...onBody, 1, 97, 0])
		],
		['an unknown deletion', 'update_unknown_delete', () => Uint8Array.from([0, 1, 9, 1, 0, 1])],
		[
			'an endless deletion',
			'update_unknown_delete',
			() => Uint8Array.from([0, 1, 1, 1, 0, ...varuint(2 ** 50)])
		],
		[
			'overlapping deletions',
			'update_unordered_deletes',
			() => Uint8Array.from([0, 1, 1, 2, 0, 5, 3, 2])
		],
		['trailing bytes', 'update_trailing', () => Uint8Array.from([0, 0, 0])],
		['a truncated update', 'update_truncated', () => Uint8Array.from([1, 1])],
		[
			'an oversized integer',
			'update_bad_integer',
			() => Uint8Array.from([255, 255, 255, 255, 255, 255, 255, 255, 1])
		],
		['broken UTF-8', 'update_bad_text', () => itemUpdate(77, 0, 1, [4, ...onBody, 2, 0xc3, 0x28])],
		['too many parts', 'update_too_many_parts', () => itemUpdate(77, 0, 5001, text(1))],
		[
			'an unknown mark',
			'update_bad_attribute',
			(doc) => updateOf(doc, 77, (body) => body.format(0, 2, { onclick: 'x' }))
		],
		[
			'an unknown block key',
			'update_bad_attribute',
			(doc) =>
				updateOf(doc, 77, (body) =>
					body.format(13, 1, { block: { id: 'a', type: 'quote', style: 'x' } })
				)
		],
		[
			'a long embed',
			'update_bad_embed',
			(doc) =>
				updateOf(doc, 77, (body) => body.insertEmbed(0, { type: 'x', more: 'y'.repeat(3000) }))
		],
		[
			'a deep embed',
			'update_bad_embed',
			(doc) =>
				updateOf(doc, 77, (body) => body.insertEmbed(0, { type: 'x', a: { b: { c: { d: {} } } } }))
		],
		[
			'300 KB',
			'update_too_large',
			(doc) => updateOf(doc, 77, (body) => body.insert(0, 'y'.repeat(300_000)))
		]
	])('%s', (_, code, make) => {
		const doc = seeded();
		expect(attempt(doc, make(doc), [77, 78])).toBe(code);
	});

	it('a walk across the whole text for each of a thousand parts', () => {
		const doc = guardedDoc((body) => {
			for (let n = 0; n < 3_000; n += 1) body.insert(0, 'ab');
		});
		// From the start to ever another of what was written first, which now stands last.
		const parts = Array.from({ length: 1_000 }, (_, n) => [0x44, 1, ...varuint(2 * n), 1, 97]);
		const started = workMs();
		expect(attempt(doc, itemUpdate(77, 0, 1_000, parts.flat()), [77])).toBe('update_too_costly');
		expect(workMs() - started).toBeLessThan(50);
	});
});
