import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import {
	alignedText,
	type Delta,
	numberClauses,
	plainText,
	readBlocks,
	readLink,
	toDelta
} from './blocks.ts';
import { bodyDelta, openBody, seedBody } from './body.ts';

const end = (id: string, type = 'paragraph', more = {}) => ({
	insert: '\n',
	attributes: { block: { id, type, ...more } }
});

describe('reading blocks', () => {
	test('each line-end closes a block and says what it is', () => {
		const delta: Delta = [
			{ insert: 'Shade' },
			end('a', 'heading', { level: 2 }),
			{ insert: 'Keep ' },
			{ insert: 'cool', attributes: { strong: true } },
			{ insert: { type: 'note', note: 'n1' } },
			end('b', 'clause', { level: 1 })
		];
		expect(readBlocks(delta)).toEqual([
			{
				id: 'a',
				attrs: { id: 'a', type: 'heading', level: 2 },
				spans: [{ text: 'Shade', marks: {} }],
				from: 0,
				to: 5
			},
			{
				id: 'b',
				attrs: { id: 'b', type: 'clause', level: 1 },
				spans: [
					{ text: 'Keep ', marks: {} },
					{ text: 'cool', marks: { strong: true } },
					{ embed: { type: 'note', note: 'n1' }, marks: {} }
				],
				from: 6,
				to: 16
			}
		]);
		expect(toDelta(readBlocks(delta))).toEqual(delta);
	});

	test('text without a final line-end closes with the tail, also when there is none', () => {
		expect(readBlocks([{ insert: 'a\nb' }]).map((block) => block.id)).toEqual(['anon', 'tail']);
		expect(readBlocks([])).toEqual([
			{ id: 'tail', attrs: { id: 'tail', type: 'paragraph' }, spans: [], from: 0, to: 0 }
		]);
	});

	test('repeated ids are told apart and never collide with a real one', () => {
		const ids = ['a', 'a', 'a.2', 'a'].map((id) => end(id));
		expect(readBlocks(ids).map((block) => block.id)).toEqual(['a', 'a.3', 'a.2', 'a.4']);
	});

	test('a body reads as its delta', () => {
		const text = openBody(new Y.Doc());
		seedBody(text, [{ insert: 'One', attributes: { em: true } }, end('x'), { insert: 'two' }]);
		expect(bodyDelta(text)).toEqual(text.toDelta());
		expect(readBlocks(text).map(plainText)).toEqual(['One', 'two']);
		expect(text.toString().endsWith('\n')).toBe(true);
		expect(() => seedBody(text)).toThrow();
	});

	test('plain text drops embeds, aligned text keeps their place', () => {
		const [block] = readBlocks([
			{ insert: 'a' },
			{ insert: { type: 'break' } },
			{ insert: { type: 'note', note: 'n' } },
			{ insert: 'b\n' }
		]);
		expect(plainText(block!)).toBe('a\nb');
		expect(alignedText(block!)).toBe('a\uFFFC\uFFFCb');
	});
});

describe('values from the wire', () => {
	test('only addresses that are safe to follow survive', () => {
		for (const good of [
			'https://a.example/b?c#d',
			'HTTP://a',
			'mailto:a@b',
			'#clause',
			'/docs',
			'/'
		])
			expect(readLink(good)).toBe(good);
		const bad = [
			'javascript:alert(1)',
			' javascript:alert(1)',
			'java\nscript:alert(1)',
			'data:text/html,x',
			'//evil.example',
			'/\\evil.example',
			'/\t/evil.example',
			'https:///x',
			'vbscript:x',
			'',
			7,
			null,
			{ toString: () => 'https://a' },
			'https://' + 'a'.repeat(3000)
		];
		for (const value of bad) expect(readLink(value)).toBeUndefined();
	});

	test('wrong block values read as the nearest sound block', () => {
		const read = (block: unknown) =>
			readBlocks([{ insert: '\n', attributes: { block } }])[0]!.attrs;
		expect(read({ id: 'h', type: 'heading', level: 99 })).toEqual({
			id: 'h',
			type: 'heading',
			level: 6
		});
		expect(read({ id: 'h', type: 'clause', level: 'x' })).toEqual({
			id: 'h',
			type: 'clause',
			level: 1
		});
		expect(read({ id: 'c', type: 'cell', table: 't' })).toEqual({ id: 'c', type: 'paragraph' });
		expect(read({ id: '<b>', type: '__proto__' })).toEqual({ id: 'anon', type: 'paragraph' });
		for (const value of [null, 7, 'x', [], { id: {}, type: {} }])
			expect(read(value)).toEqual({ id: 'anon', type: 'paragraph' });
	});
});

describe('clause numbers', () => {
	const lines = (...kinds: string[]) =>
		kinds.map((kind, i) => {
			const type = kind[0] === 'h' ? 'heading' : kind[0] === 'c' ? 'clause' : 'paragraph';
			return { id: `${i}`, attrs: { id: `${i}`, type, level: Number(kind[1]) } as never };
		});
	const numbers = (...kinds: string[]) => [...numberClauses(lines(...kinds)).values()];

	test('sections count on, clauses restart, deeper levels add letters', () => {
		expect(
			numbers(
				'h1',
				'h2',
				'p',
				'h2',
				'c1',
				'c1',
				'c2',
				'c2',
				'c3',
				'c3',
				'c4',
				'c2',
				'h3',
				'c1',
				'h2',
				'c1'
			)
		).toEqual([
			'1',
			'2',
			'2.1',
			'2.2',
			'2.2(a)',
			'2.2(b)',
			'2.2(b)(i)',
			'2.2(b)(ii)',
			'2.2(b)(ii)(A)',
			'2.2(c)',
			'2.3',
			'3',
			'3.1'
		]);
	});

	test('a document without clauses has no numbers, one without sections counts plainly', () => {
		expect(numbers('h1', 'h2', 'p')).toEqual([]);
		expect(numbers('c1', 'c2', 'c1')).toEqual(['1', '1(a)', '2']);
	});

	test('letters go on after z and roman numerals stay roman', () => {
		const many = numbers('c1', ...Array<string>(28).fill('c2'));
		expect(many.slice(-2)).toEqual(['1(aa)', '1(ab)']);
		expect(numbers('c1', ...Array<string>(14).fill('c3')).slice(-6)).toEqual([
			'1(ix)',
			'1(x)',
			'1(xi)',
			'1(xii)',
			'1(xiii)',
			'1(xiv)'
		]);
	});
});
