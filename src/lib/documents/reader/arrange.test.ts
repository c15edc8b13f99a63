import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrange } from './arrange.ts';

const card = (wanted: number, height = 100) => ({ wanted, height });

test('cards with room stand where they want to be', () => {
	expect(arrange([card(0), card(200), card(500)], 1, 10)).toEqual([0, 200, 500]);
});

test('the one looked at stands exactly level, its neighbours make room', () => {
	expect(arrange([card(300), card(310), card(320)], 1, 10)).toEqual([200, 310, 420]);
});

test('nothing is pushed above the top edge', () => {
	expect(arrange([card(0), card(10), card(20)], 2, 10)).toEqual([0, 110, 220]);
});

test('whatever is asked, no card overlaps the next and none is lost above', () => {
	const cards = fc.array(
		fc.record({ wanted: fc.nat(2_000), height: fc.integer({ min: 1, max: 400 }) })
	);
	fc.assert(
		fc.property(cards, fc.integer({ min: -1, max: 30 }), (some, anchor) => {
			const sorted = some.sort((a, b) => a.wanted - b.wanted);
			const tops = arrange(sorted, anchor, 12);
			tops.forEach((top, at) => {
				expect(top).toBeGreaterThanOrEqual(
					at === 0 ? 0 : tops[at - 1]! + sorted[at - 1]!.height + 12
				);
			});
		})
	);
});
