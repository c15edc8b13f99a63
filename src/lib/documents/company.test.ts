import { expect, test } from 'vitest';
import { drawnCursors, peopleOf, savedState } from './company.ts';
import type { Cursor } from './live/cursors.ts';

const cursor = (tag: number, personId: string, selection: Cursor['selection']): Cursor => ({
	...{ tag, personId, selection },
	...{ name: personId.toUpperCase(), initials: personId[0]!, colour: 3 }
});
const here = [
	cursor(1, 'ana', { from: 4, to: 9 }),
	cursor(2, 'ana', null),
	cursor(3, 'bo', { from: 2, to: 2 })
];

test('somebody with two pages open is one person', () => {
	expect(peopleOf(here).map(({ id }) => id)).toEqual(['ana', 'bo']);
});

test('only cursors that show are drawn, each connection its own', () => {
	const drawn = drawnCursors(here);
	expect(drawn.map(({ key, anchor, head }) => [key, anchor, head])).toEqual([
		['1', 4, 9],
		['3', 2, 2]
	]);
	expect(drawn.every(({ colour }) => colour >= 1 && colour <= 8)).toBe(true);
});

test.each([
	['connecting', true, 'saving'],
	['saving', true, 'saving'],
	['saving', false, 'offline'],
	['saved', true, 'saved'],
	['saved', false, 'offline'],
	['offline', true, 'offline'],
	['readonly', true, null],
	['refused', true, null]
] as const)('%s with a network: %s is shown as %s', (state, online, shown) => {
	expect(savedState(state, online)).toBe(shown);
});
