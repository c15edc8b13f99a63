import { expect, test } from 'vitest';
import { countWords, outlineOf, readingMinutes } from './outline.ts';
import { readBlocks, type BlockAttrs, type Delta } from './text/blocks.ts';

const line = (attrs: BlockAttrs, words: string): Delta => [
	{ insert: words },
	{ insert: '\n', attributes: { block: attrs } }
];
const heading = (id: string, level: number, words: string) =>
	line({ id, type: 'heading', level }, words);
const clause = (id: string, words: string) => line({ id, type: 'clause', level: 1 }, words);

test('an outline lists the two highest levels with the blocks below each', () => {
	const blocks = readBlocks([
		...clause('before', 'Not below any heading.'),
		...heading('a', 2, 'Purpose'),
		...clause('a1', 'First.'),
		...heading('c', 3, 'Vendors'),
		...clause('c1', 'Second.'),
		...heading('d', 4, 'Too deep to list'),
		...heading('e', 2, '  '),
		...clause('e1', 'Third.')
	]);
	expect(outlineOf(blocks)).toEqual([
		{ id: 'a', number: '1', title: 'Purpose', level: 1, blocks: ['a', 'a1'] },
		{ id: 'c', number: null, title: 'Vendors', level: 2, blocks: ['c', 'c1', 'd', 'e', 'e1'] }
	]);
});

test('words are counted in any script', () => {
	const of = (words: string) => countWords(readBlocks(clause('x', words)));
	expect(of('Nobody’s 12 well-kept trees, or 3.')).toBe(6);
	expect(of('  — … ')).toBe(0);
	expect(of('法律草案')).toBe(4);
});

test('reading takes at least a minute', () => {
	expect(readingMinutes(0)).toBe(1);
	expect(readingMinutes(2_420)).toBe(11);
});
