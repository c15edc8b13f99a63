import { describe, expect, test } from 'vitest';
import type { LogRow } from '../live/authors.server.ts';
import { runAt, runsOf, runsWithin, tracedBack, type Written } from './runs.ts';

const row = (more: Partial<LogRow> = {}): LogRow => ({
	...{ client: 1, clockFrom: 0, clockLen: 100, personId: 'ada', sessionId: 's', at: 1, seq: 2 },
	...{ branchId: null, acceptedBy: null, decisionId: null },
	...more
});
const written = (from: number, length: number, more: Partial<LogRow> = {}): Written => ({
	...{ client: 1, clock: from, from, length, row: row(more), restoredBy: null }
});
const runs = (...all: Written[]) =>
	runsOf(
		all,
		({ seq }) => seq === 1,
		(id) => id === 'undo'
	);

describe('runs of a text', () => {
	test('V1 say in which way words came, and join what is told alike', () => {
		const found = runs(
			written(0, 4, { seq: 1 }),
			written(4, 3, { at: 5 }),
			written(7, 2, { seq: 9, at: 7 }),
			written(9, 1, { branchId: 'b', acceptedBy: 'ines', decisionId: 'd' }),
			written(10, 2, { personId: 'ines', acceptedBy: 'ines', decisionId: 'd' }),
			written(12, 2, { personId: 'ines', acceptedBy: 'ines', decisionId: 'undo' })
		);
		expect(found.map(({ from, to, way, at }) => [from, to, way, at])).toEqual([
			[0, 4, 'begun', 1],
			[4, 9, 'typed', 7],
			[9, 10, 'suggested', 1],
			[10, 12, 'edited', 1],
			[12, 14, 'restored', 1]
		]);
		expect(found[2]).toMatchObject({ branchId: 'b', decisionId: 'd', restoredBy: null });
		expect(found[4]).toMatchObject({ decisionId: null, restoredBy: 'undo' });
	});

	test('V1 are apart where the people, branches or decisions are', () => {
		const [a, b] = ['a', 'b'].map((branchId) => ({ branchId, decisionId: 'd' }));
		expect(runs(written(0, 1, a), written(1, 1, b))).toHaveLength(2);
		expect(runs(written(0, 1), written(1, 1, { personId: 'bo' }))).toHaveLength(2);
		expect(runs(written(0, 1), { ...written(1, 1), restoredBy: 'undo' })).toHaveLength(2);
	});

	test('are found by a character and cut by a range', () => {
		const found = runs(written(0, 4, { seq: 1 }), written(4, 6));
		expect(runAt(found, 3)?.way).toBe('begun');
		expect(runAt(found, 4)?.way).toBe('typed');
		expect(runAt(found, 10)).toBeUndefined();
		const within = runsWithin(found, 2, 6).map(({ from, to }) => [from, to]);
		expect(within).toEqual([
			[2, 4],
			[4, 6]
		]);
	});
});

test('V3 characters put back are those that they were before; others of the row stay as they are', () => {
	const placed = { client: 9, clock: 10, length: 10, from: 100 };
	const { before, rest } = tracedBack(placed, [
		{ clock: 16, of: { client: 2, clock: 50, length: 8 } },
		{ clock: 11, of: { client: 1, clock: 5, length: 3 } }
	]);
	expect(before).toEqual([
		{ client: 1, clock: 5, length: 3, from: 101 },
		{ client: 2, clock: 50, length: 4, from: 106 }
	]);
	expect(rest.map(({ clock, length, from }) => [clock, length, from])).toEqual([
		[10, 1, 100],
		[14, 2, 104]
	]);
});
