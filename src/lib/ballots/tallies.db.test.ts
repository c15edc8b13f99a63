import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VISITOR } from '#lib/people/actor.ts';
import { conditionsOn, moderateCondition, suggestionsToWaitFor } from './conditions.server.ts';
import { gainIf } from './gain.server.ts';
import { ownRatings } from './own.server.ts';
import { poll, type Poll } from './scene.testing.ts';
import { clauseFigures, talliesOn, tallyOn } from './tallies.server.ts';

let at: Poll;
beforeEach(async () => {
	at = await poll();
});
afterEach(() => at.close());

const clause = (id: string) => tallyOn(at.house, at.document.id, { type: 'clause', id }, at.live);
const suggestion = (id: string) => tallyOn(at.house, at.document.id, { type: 'suggestion', id });
const gain = (...ids: string[]) => gainIf(at.house, at.document.id, ids);
const employee = { id: 'e', kind: 'employee', orgId: 'o', orgName: 'City' } as const;

describe('conditions', () => {
	test('B5 support on condition is told apart, and is support once its suggestion is accepted', async () => {
		const id = await at.suggest('ten → twenty');
		const other = await at.suggest('two → three');
		const ama = await at.as('ama');
		await at.give(ama, { id: 'c2', value: 2, conditionId: id });
		await at.give(at.somebody('p1'), { id: 'c2', value: 1, condition: '  the passage\n stays ' });
		await at.give(at.somebody('p2'), { id: 'c2', value: 1, conditionId: other });
		expect(await clause('c2')).toMatchObject({ if: 3, strong: 0, mild: 0, total: 3 });

		await at.decide(id, 'accepted');
		expect(await clause('c2')).toMatchObject({ if: 2, strong: 1, total: 3 });
		const own = await ownRatings(at.house, at.live, ama, at.document.id);
		expect(own['clause:c2']).toMatchObject({ met: true, conditionId: id, value: 2 });
		await at.decide(id, null);
		expect(await clause('c2')).toMatchObject({ if: 3, strong: 0 });
		await at.decide(other, 'merged', id);
		await at.decide(id, 'accepted');
		expect(await clause('c2')).toMatchObject({ if: 1, strong: 1, mild: 1 });
	});

	test('B5 a condition goes with support, is one, and can come about', async () => {
		const id = await at.suggest('ten → twenty');
		const ama = await at.as('ama');
		const refused = (more: object, why: string) =>
			expect(at.give(ama, { id: 'c2', value: 1, ...more })).rejects.toThrow(why);
		await refused({ value: -1, conditionId: id }, 'condition_needs_support');
		await refused({ condition: 'if', conditionId: id }, 'condition_twice');
		await refused({ condition: 'x'.repeat(301) }, 'condition_too_long');
		await refused({ conditionId: 'nothing' }, 'suggestion_not_found');
		await refused({ type: 'suggestion', id, conditionId: id }, 'condition_itself');
		await at.decide(id, 'declined');
		await refused({ conditionId: id }, 'condition_answered');
		expect(await at.rows()).toEqual([]);
		expect(await suggestionsToWaitFor(at.house, at.document.id)).toEqual([]);
	});

	test('B6 what somebody unheard writes waits; the team and moderators read it', async () => {
		await at.close();
		at = await poll({ holdFirstPosts: true });
		const on = { type: 'clause', id: 'c2' } as const;
		const seen = async (actor = VISITOR) =>
			(await conditionsOn(at.house, actor, at.document.id, on)).map((one) => [
				one.words,
				one.people,
				one.unshown
			]);
		const mod = await at.as('mod');
		const words = 'the passage stays free';
		await at.give(await at.as('ama'), { id: 'c2', value: 1, condition: words });
		await at.give(await at.as('jonas'), { id: 'c2', value: 2, condition: words });
		expect(await seen()).toEqual([]);
		expect(await seen(mod)).toEqual([[words, 2, true]]);
		const act = (show: boolean, reason = '', actor = mod) =>
			moderateCondition(at.house, actor, at.document.id, { ...on, words, show, reason });
		await expect(act(true, '', await at.as('ama'))).rejects.toThrow('condition_not_found');
		await act(true);
		expect(await seen()).toEqual([[words, 2, false]]);
		await at.give(at.somebody('p3'), { id: 'c2', value: 1, condition: words });
		expect(await seen()).toEqual([[words, 3, false]]);
		await expect(act(false)).rejects.toThrow('reason_missing');
		await act(false, 'Insulting.');
		await at.give(at.somebody('p4'), { id: 'c2', value: 1, condition: words });
		expect(await seen()).toEqual([]);
		expect((await clause('c2')).if).toBe(4);
		await at.give(mod, { id: 'c2', value: 1, condition: words });
		await expect(act(true)).rejects.toThrow('own_content');
	});
});

describe('tallies', () => {
	test('B7 everything on a document, at once after each change', async () => {
		const id = await at.suggest('ten → twenty');
		for (const [n, value] of ([2, 2, 1, 0, -1, -2] as const).entries()) {
			const who = at.somebody(`p${n}`);
			await at.give(who, { id: 'c1', value });
			await at.give(who, { type: 'suggestion', id, value });
			expect((await clause('c1')).total).toBe(n + 1);
		}
		const parts = { strong: 2, mild: 1, if: 0, none: 1, against: 1, against2: 1, total: 6 };
		const all = await talliesOn(at.house, at.document.id);
		expect([...all.keys()].sort()).toEqual(['clause:c1', `suggestion:${id}`]);
		expect(all.get(`suggestion:${id}`)).toMatchObject(parts);
		expect(await clauseFigures(at.house, at.live, at.document.id)).toEqual({
			c1: { strong: 2, mild: 1, none: 1, against: 2 }
		});
	});

	test('B8 support of what was merged counts each person once', async () => {
		const [kept, merged, deeper] = [
			await at.suggest('ten → twenty'),
			await at.suggest('10 → 20'),
			await at.suggest('10 → twenty')
		];
		const [a, b, c] = [at.somebody('a'), at.somebody('b'), at.somebody('c')];
		await at.give(a, { type: 'suggestion', id: kept, value: -1 });
		await at.give(a, { type: 'suggestion', id: merged, value: 2 });
		await at.give(b, { type: 'suggestion', id: merged, value: 2 });
		at.house.time.advance(1_000);
		await at.give(b, { type: 'suggestion', id: deeper, value: 1 });
		await at.give(c, { type: 'suggestion', id: deeper, value: 2 });
		await at.decide(deeper, 'merged', merged);
		await at.decide(merged, 'merged', kept);
		expect(await suggestion(kept)).toMatchObject({ strong: 1, mild: 1, against: 1, total: 3 });
		expect(await suggestion(merged)).toMatchObject({ strong: 2, total: 2 });
		await at.give(c, { type: 'suggestion', id: kept, value: 1 });
		expect(await suggestion(kept)).toMatchObject({ mild: 2, against: 1, total: 3 });
		expect(await gain(kept)).toMatchObject({ supporters: 3, against: 1 });
		await at.decide(merged, null);
		expect(await suggestion(kept)).toMatchObject({ mild: 1, against: 1, total: 2 });
	});

	test('B9 by capacity, where five or more speak in it', async () => {
		const speak = (n: number, as?: typeof employee) =>
			at.give(at.somebody(`${as?.kind ?? 'c'}${n}`, as), { id: 'c1', value: 1, capacity: as?.id });
		for (let n = 0; n < 9; n += 1) await speak(n);
		for (let n = 0; n < 5; n += 1) await speak(n, employee);
		const kinds = async () =>
			(await clause('c1')).byCapacity.map(({ kind, total }) => [kind, total]);
		expect(await kinds()).toEqual([
			['citizen', 9],
			['employee', 5]
		]);
		await expect(at.give(at.somebody('x'), { id: 'c1', value: 1, capacity: 'e' })).rejects.toThrow(
			'capacity_not_yours'
		);
		const expert = { id: 'x', kind: 'expert', orgId: 'u', orgName: 'University' } as const;
		await at.give(at.somebody('expert', expert), { id: 'c1', value: -2, capacity: 'x' });
		// With the citizens and employees shown, one expert could be found by subtraction.
		expect(await kinds()).toEqual([['citizen', 9]]);
	});

	test('B10 what adopting would gain: people, each once, and those on their condition', async () => {
		const [one, two] = [await at.suggest('ten → twenty'), await at.suggest('two → three')];
		const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((name) => at.somebody(name));
		await at.give(a!, { type: 'suggestion', id: one, value: 2 });
		await at.give(a!, { type: 'suggestion', id: two, value: 1 });
		await at.give(b!, { id: 'c2', value: 1, conditionId: one });
		await at.give(b!, { id: 'c3', value: 1, conditionId: one });
		await at.give(c!, { type: 'suggestion', id: two, value: 2, conditionId: one });
		await at.give(d!, { type: 'suggestion', id: two, value: 1, condition: 'the money is there' });
		await at.give(e!, { type: 'suggestion', id: one, value: -2 });
		expect(await gain(one)).toEqual({ supporters: 3, onCondition: 2, against: 1, elsewhere: 0 });
		expect(await gain(two)).toEqual({ supporters: 1, onCondition: 0, against: 0, elsewhere: 2 });
		expect(await gain(one, two)).toMatchObject({ supporters: 3, onCondition: 2, elsewhere: 1 });
		expect(await gain()).toMatchObject({ supporters: 0 });
	});
});
