import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freshHouse } from '#tests/support/house.ts';
import { Bus } from './bus.ts';
import type { House } from './house.ts';
import { forgetOldLimits, giveBack, takeFrom, type Limit } from './limits.ts';
import { rateLimit } from './schema.server.ts';

const LIMIT: Limit = { name: 'knock', most: 3, within: 60_000 };
const knock = (house: House, subject = 'a') => takeFrom(house, [{ limit: LIMIT, subject }]);

let house: Awaited<ReturnType<typeof freshHouse>>;
beforeEach(async () => {
	house = await freshHouse();
});
afterEach(() => house.close());

describe('limits', () => {
	it('lets through what is allowed, refuses the next, and opens again with the next window', async () => {
		for (let n = 0; n < 3; n += 1) await knock(house);
		await expect(knock(house)).rejects.toMatchObject({
			kind: 'TooMany',
			params: { seconds: 60 }
		});
		await knock(house, 'b');
		house.time.advance(60_000);
		await knock(house);
	});

	it('does not count a refused act against the other limits', async () => {
		const everybody: Limit = { name: 'everybody', most: 5, within: 60_000 };
		const both = (subject: string) =>
			takeFrom(house, [
				{ limit: LIMIT, subject },
				{ limit: everybody, subject: '' }
			]);
		await Promise.allSettled(Array.from({ length: 20 }, () => both('hammering')));
		await both('somebody else');
		await both('somebody else');
		await expect(both('somebody else')).rejects.toMatchObject({ kind: 'TooMany' });
	});

	it('counts exactly when many come at once', async () => {
		const answers = await Promise.allSettled(Array.from({ length: 20 }, () => knock(house)));
		expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(3);
	});

	it('survives a restart: another house on the same store still refuses', async () => {
		for (let n = 0; n < 3; n += 1) await knock(house);
		const restarted: House = { ...house, bus: new Bus() };
		await expect(knock(restarted)).rejects.toMatchObject({ code: 'too_many_attempts' });
	});

	it('gives back what was taken, never below zero', async () => {
		for (let n = 0; n < 5; n += 1) {
			const taken = await knock(house);
			await giveBack(house, taken);
			await giveBack(house, taken);
		}
		expect((await house.store.db.select().from(rateLimit)).map((row) => row.hits)).toEqual([0]);
	});

	it('stores no subject in clear and forgets windows that are over', async () => {
		await knock(house, '198.51.100.7');
		expect(JSON.stringify(await house.store.db.select().from(rateLimit))).not.toContain('198.51');
		house.time.advance(60_001);
		await forgetOldLimits(house);
		expect(await house.store.db.select().from(rateLimit)).toEqual([]);
	});
});
