import { afterEach, beforeEach, expect, test } from 'vitest';
import * as v from 'valibot';
import { OverviewQuery } from './inputs.ts';
import { overviewOf, PAGE } from './overview.server.ts';
import { poll, type Poll } from './scene.testing.ts';

let at: Poll;
beforeEach(async () => {
	at = await poll();
});
afterEach(() => at.close());

const overview = (address: Record<string, string> = {}) =>
	overviewOf(at.house, at.live, at.document, v.parse(OverviewQuery, address));

test('nothing said is an empty page', async () => {
	expect(await overview({ kind: 'version', page: '7' })).toEqual({
		...{ people: 0, counts: { clause: 0, suggestion: 0, version: 0 } },
		...{ kind: 'clause', rows: [], page: 1, pages: 1 }
	});
});

test('every supported suggestion is reached, those of most people first', async () => {
	const total = PAGE + 3;
	const ids: string[] = [];
	for (let n = 0; n < total; n += 1) ids.push(await at.suggest(`number ${n}`));
	for (const id of ids) await at.give(at.somebody('a'), { type: 'suggestion', id, value: 1 });
	const best = ids.at(-1)!;
	await at.give(at.somebody('b'), { type: 'suggestion', id: best, value: -1 });
	await at.suggest('nobody said anything of it');

	const first = await overview();
	expect(first).toMatchObject({ people: 2, kind: 'suggestion', page: 1, pages: 2 });
	expect(first.counts).toEqual({ clause: 0, suggestion: total, version: 0 });
	expect(first.rows).toHaveLength(PAGE);
	expect(first.rows[0]).toMatchObject({ id: best, words: `number ${total - 1}`, number: null });
	const second = await overview({ kind: 'suggestion', page: '2' });
	expect(second.rows).toHaveLength(3);
	const reached = [...first.rows, ...second.rows].map(({ id }) => id);
	expect(reached).toEqual([best, ...ids.slice(0, -1)]);
});

test('one kind at a time; what is odd in the address falls back to what there is', async () => {
	const id = await at.suggest('ten → twenty');
	await at.give(at.somebody('a'), { type: 'suggestion', id, value: 2 });
	await at.give(at.somebody('a'), { id: 'c2', value: 2 });
	await at.give(at.somebody('b'), { id: 'c1', value: 2 });

	const clauses = await overview({ kind: 'sandwich', page: 'two' });
	expect(clauses).toMatchObject({ people: 2, kind: 'clause', page: 1, pages: 1 });
	expect(clauses.rows.map((row) => row.id)).toEqual(['c1', 'c2']);
	expect(clauses.rows[0]!.tally).toMatchObject({ strong: 1, total: 1 });
	const suggestions = await overview({ kind: 'suggestion', page: '9' });
	expect(suggestions.rows.map((row) => row.words)).toEqual(['ten → twenty']);
	expect(suggestions.page).toBe(1);
	expect((await overview({ kind: 'version' })).kind).toBe('clause');
});
