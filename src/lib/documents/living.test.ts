import { expect, test } from 'vitest';
import { patched, placesIn, type LivingText, type ReadPiece } from './living.ts';

const piece = (id: string, from: number, html: string): ReadPiece => ({
	...{ id, from, html, drawn: from },
	...{ type: 'paragraph', number: null, blocks: [id] }
});
const text = (pieces: ReadPiece[], marks = 'm1'): LivingText => ({
	...{ epoch: 1, seq: 4, changedAt: 0, minutes: 1, outline: [], marks, pieces }
});
const before = text([
	piece('a', 0, '<p data-from="0">One <mark data-annotations="x">two</mark></p>'),
	piece('b', 8, '<p data-from="8">Three</p>'),
	piece('c', 14, '<ul><li data-from="14">Four</li><li data-from="19">Five</li></ul>')
]);

test('a patch replaces what changed, moves what moved and drops what is gone', () => {
	const after = patched(before, {
		...{ epoch: 1, seq: 5, changedAt: 9, minutes: 1, outline: [], marks: 'm1' },
		order: [
			['a', 0],
			['n', 8],
			['c', 20]
		],
		pieces: [piece('n', 8, '<p data-from="8">A new one</p>')],
		changed: ['n']
	});
	expect(after.seq).toBe(5);
	expect(after.pieces.map(({ id }) => id)).toEqual(['a', 'n', 'c']);
	expect(after.pieces[0]).toEqual(before.pieces[0]);
	expect(after.pieces.map(placesIn)).toEqual([[0], [8], [20, 25]]);
});

test('highlights that moved are taken off the pieces that were not sent again', () => {
	const order = before.pieces.map(({ id, from }): [string, number] => [id, from]);
	const { pieces: _, ...rest } = text([], 'm2');
	const after = patched(before, { ...rest, order, pieces: [], changed: [] });
	expect(after.pieces[0]!.html).toBe('<p data-from="0">One two</p>');
	expect(after.pieces[1]!.html).toBe(before.pieces[1]!.html);
});
