import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from '#lib/documents/text/body.ts';
import { type Block, type Delta, readBlocks } from '#lib/documents/text/blocks.ts';
import { Invalid } from '#lib/errors.ts';
import { type Anchor, createAnchor, resolveAll, resolveAnchor } from './anchor.ts';

const paragraph = (id: string) => ({ block: { id, type: 'paragraph' } });
const FOX: Delta = [
	{ insert: 'Before the fox.' },
	{ insert: '\n', attributes: paragraph('a') },
	{ insert: 'The quick brown fox jumps over the lazy dog.' },
	{ insert: '\n', attributes: paragraph('b') },
	{ insert: 'After the fox.' },
	{ insert: '\n', attributes: paragraph('c') }
];

function textOf(delta: Delta = FOX) {
	const doc = new Y.Doc();
	const body = openBody(doc);
	seedBody(body, delta);
	return { doc, body };
}

function peerOf(doc: Y.Doc) {
	const peer = new Y.Doc();
	const body = openBody(peer);
	Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc));
	return { doc: peer, body };
}

function on(body: Y.Text, words: string): Anchor {
	const at = body.toString().indexOf(words);
	return createAnchor(body, readBlocks(body), at, at + words.length, 1);
}

const placeOf = (anchor: Anchor, body: Y.Text) =>
	resolveAnchor(anchor, { body, blocks: readBlocks(body) });

/** The same words in a text that shares no history. */
function elsewhere(...lines: string[]): Block[] {
	return readBlocks(
		lines.flatMap((insert, at) => [{ insert }, { insert: '\n', attributes: paragraph(`z${at}`) }])
	);
}

describe('an anchor in a living text', () => {
	test('remembers its words, what stands around them and their block', () => {
		const { body } = textOf();
		const anchor = on(body, 'lazy');
		expect(anchor).toMatchObject({
			blockId: 'b',
			quote: 'lazy',
			seq: 1,
			suffix: ' dog.\nAfter the fox.\n'
		});
		expect(anchor.prefix.endsWith('over the ')).toBe(true);
		expect(() => createAnchor(body, readBlocks(body), 15, 16, 1)).toThrow(Invalid);
	});

	test('does not grow when somebody types at its edges', () => {
		const { body } = textOf();
		const anchor = on(body, 'brown fox');
		const at = body.toString().indexOf('brown fox');
		body.insert(at + 9, 'es');
		body.insert(at, 'dark ');
		expect(placeOf(anchor, body)).toMatchObject({
			status: 'exact',
			found: 'brown fox',
			blockId: 'b'
		});
	});

	test('holds its words when its block is split before, inside and after them, and joined again', () => {
		const { body } = textOf();
		const anchor = on(body, 'jumps over');
		for (const words of ['jumps', 'over', 'the lazy']) {
			body.insert(body.toString().indexOf(words), '\n', paragraph(`new-${words}`));
		}
		expect(placeOf(anchor, body)).toMatchObject({ status: 'exact', found: 'jumps \nover' });
		for (let at = body.length - 2; at >= 0; at--)
			if (body.toString()[at] === '\n') body.delete(at, 1);
		expect(placeOf(anchor, body)).toMatchObject({ status: 'exact', found: 'jumps over' });
	});

	test('one person splits while another types: it stays on “lazy”', () => {
		const one = textOf();
		const anchor = on(one.body, 'lazy');
		const two = peerOf(one.doc);
		one.body.insert(one.body.toString().indexOf('fox jumps'), '\n', paragraph('n'));
		two.body.insert(two.body.toString().indexOf('lazy'), 'very ');
		Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
		Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
		for (const { body } of [one, two]) {
			expect(body.toString()).toContain('\nfox jumps over the very lazy dog.');
			expect(placeOf(anchor, body)).toMatchObject({ status: 'exact', found: 'lazy', blockId: 'b' });
		}
	});

	test('words that change are marked, words that go are orphaned where they stood', () => {
		const { body } = textOf();
		const [changed, gone] = [on(body, 'quick brown fox'), on(body, 'After the fox')];
		const at = body.toString().indexOf('brown');
		body.delete(at, 5);
		body.insert(at, 'red');
		body.delete(body.toString().indexOf('After'), 'After the fox'.length);
		expect(placeOf(changed, body)).toMatchObject({ status: 'changed', found: 'quick red fox' });
		const place = placeOf(gone, body);
		expect(place).toMatchObject({ status: 'orphaned', found: '', blockId: 'c' });
		expect(place.from).toBe(body.toString().lastIndexOf('.'));
	});

	test('undone words come back with their anchor', () => {
		const { body } = textOf();
		const undo = new Y.UndoManager(body);
		const anchor = on(body, 'lazy dog');
		body.delete(body.toString().indexOf('lazy dog'), 8);
		undo.undo();
		expect(placeOf(anchor, body)).toMatchObject({ status: 'exact', found: 'lazy dog' });
	});

	test('a footnote or bold words inside do not change the words', () => {
		const { body } = textOf();
		const anchor = on(body, 'over the lazy');
		const at = body.toString().indexOf('the lazy');
		body.insertEmbed(at, { type: 'note', note: 'n' });
		body.format(at, 6, { strong: true });
		expect(placeOf(anchor, body)).toMatchObject({ status: 'exact', found: 'over the lazy' });
	});
});

describe('an anchor in a text with another history', () => {
	const anchor = () => on(textOf().body, 'the lazy dog');

	test('is exact when its surroundings agree, whatever the quotes and spaces', () => {
		const blocks = elsewhere('New.', 'The fox jumps over\u00a0the  lazy dog.', 'After the fox.');
		expect(resolveAnchor(anchor(), { blocks })).toMatchObject({
			status: 'exact',
			found: 'the  lazy dog'
		});
	});

	test('is only changed when the words stand where nothing agrees', () => {
		const blocks = elsewhere('Nobody minds that the lazy dog sleeps.');
		expect(resolveAnchor(anchor(), { blocks }).status).toBe('changed');
	});

	test('is only changed between two equal places', () => {
		const blocks = elsewhere('A the lazy dog b.', 'A the lazy dog b.');
		expect(resolveAnchor(anchor(), { blocks }).status).toBe('changed');
	});

	test('does not sit on a part of a word, nor on a word or two that stand anywhere', () => {
		const short = on(textOf().body, 'fox.');
		expect(resolveAnchor(short, { blocks: elsewhere('A firefox. Else.') }).status).toBe('orphaned');
		const blocks = elsewhere('Completely different. Words about the sea, the fox.');
		expect(resolveAnchor(on(textOf().body, 'quick'), { blocks }).status).toBe('orphaned');
	});

	test('similar words are found and marked; unlike ones are not', () => {
		const delta: Delta = [
			{ insert: 'Owners keep shade over every waiting place longer than ten minutes.' },
			{ insert: '\n', attributes: paragraph('s') }
		];
		const whole = on(textOf(delta).body, delta[0]!.insert as string);
		const blocks = elsewhere(
			'Else.',
			'Owners must keep shade over each waiting place for more than ten minutes.'
		);
		expect(resolveAnchor(whole, { blocks })).toMatchObject({ status: 'changed', blockId: 'z1' });
		expect(
			resolveAnchor(whole, { blocks: elsewhere('Budgets are set in spring by the council.') })
				.status
		).toBe('orphaned');
	});

	test('a quote across blocks is found across blocks', () => {
		const across = on(textOf().body, 'lazy dog.\nAfter the fox');
		expect(across.quote).toBe('lazy dog.\nAfter the fox');
		const blocks = elsewhere('Jumps over the lazy dog.', 'After the fox.');
		expect(resolveAnchor(across, { blocks })).toMatchObject({
			status: 'exact',
			found: across.quote
		});
	});
});

test('2,000 anchors on 10,000 words resolve in well under 300 ms', () => {
	const delta: Delta = Array.from({ length: 250 }, (_, line): Delta => [
		{
			insert: Array.from({ length: 40 }, (_, at) => `w${(line * 7919 + at * 104_729) % 3001}`).join(
				' '
			)
		},
		{ insert: '\n', attributes: paragraph(`p${line}`) }
	]).flat();
	const { body } = textOf(delta);
	// A body that people worked on consists of many pieces.
	for (let at = 0; at < 4_000; at++) body.insert((at * 7) % body.length, 'x');
	const blocks = readBlocks(body);
	const anchors = Array.from({ length: 2_000 }, (_, at) => {
		const from = (at * 20) % (body.length - 60);
		return createAnchor(body, blocks, from, from + 40, 1);
	});
	const began = process.cpuUsage();
	const places = resolveAll(anchors, { body, blocks });
	const spent = process.cpuUsage(began).user / 1000;
	expect(places.every(({ status }) => status === 'exact')).toBe(true);
	expect(spent).toBeLessThan(300);
}, 60_000);
