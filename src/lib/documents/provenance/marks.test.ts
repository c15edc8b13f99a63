import { expect, test } from 'vitest';
import { readBlocks } from '../text/blocks.ts';
import { indexOf, sourceMarks } from './marks.ts';
import type { Run } from './runs.ts';

const run = (from: number, to: number, personId: string): Run => ({
	...{ from, to, personId, way: 'typed', branchId: null, decisionId: null, restoredBy: null, at: 1 }
});
const blocks = readBlocks([
	{ insert: 'Ten trees; two.' },
	{ insert: '\n', attributes: { block: { id: 'a', type: 'paragraph' } } },
	{ insert: 'More' },
	{ insert: '\n', attributes: { block: { id: 'b', type: 'paragraph' } } }
]);

test('a character is found again by its block', () => {
	expect(indexOf(blocks, { block: 'b', at: 3 })).toBe(19);
	expect(indexOf(blocks, { block: 'b', at: 4 })).toBeNull();
	expect(indexOf(blocks, { block: 'gone', at: 0 })).toBeNull();
});

test('runs are marked block by block; signs of their own and at the end are no links', () => {
	const runs = [run(0, 9, 'ada'), run(9, 10, 'bo'), run(10, 21, 'ada')];
	const marks = sourceMarks(blocks, runs, {
		chosen: runs[2],
		hrefOf: ({ block, at }) => `${block} ${at}`,
		signOf: () => undefined
	});
	expect(marks.map(({ from, to, href, chosen }) => [from, to, href, chosen])).toEqual([
		[0, 9, 'a 0', false],
		[10, 14, 'a 10', true],
		[16, 20, 'b 0', true]
	]);
});
