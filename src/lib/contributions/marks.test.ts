import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paint } from './marks.ts';
import type { Mark } from './views.ts';

const mark = (id: string, from: number, to: number, more: Partial<Mark> = {}): Mark => ({
	id,
	from,
	to,
	status: 'exact',
	whole: false,
	block: null,
	...more
});

describe('painting', () => {
	test('overlapping marks become pieces, each with everything that covers it', () => {
		expect(paint([mark('a', 2, 8), mark('b', 5, 12, { status: 'changed' })])).toEqual([
			{ from: 2, to: 5, ids: ['a'], status: 'exact' },
			{ from: 5, to: 8, ids: ['a', 'b'], status: 'changed' },
			{ from: 8, to: 12, ids: ['b'], status: 'changed' }
		]);
	});

	test('orphaned marks and marks on whole blocks are not painted', () => {
		expect(
			paint([mark('a', 2, 2, { status: 'orphaned' }), mark('b', 0, 9, { whole: true })])
		).toEqual([]);
	});

	test('any marks: pieces are disjoint, in order, and cover exactly what the marks cover', () => {
		const some = fc.array(fc.tuple(fc.nat(40), fc.nat(12)), { maxLength: 12 });
		fc.assert(
			fc.property(some, (ranges) => {
				const marks = ranges.map(([from, length], at) => mark(`m${at}`, from, from + length));
				const pieces = paint(marks);
				pieces.forEach((piece, at) =>
					expect(piece.from).toBeGreaterThanOrEqual(pieces[at - 1]?.to ?? 0)
				);
				for (let index = 0; index < 60; index++) {
					const covering = marks.filter((one) => one.from <= index && index < one.to);
					const piece = pieces.find((one) => one.from <= index && index < one.to);
					expect([...(piece?.ids ?? [])].sort()).toEqual(covering.map((one) => one.id).sort());
				}
			})
		);
	});
});
