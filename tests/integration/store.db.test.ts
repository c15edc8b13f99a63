import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendEvent } from '#lib/server/events.ts';
import { event, rateLimit, setting } from '#lib/server/schema.server.ts';
import type { Store } from '#lib/server/db/store.ts';
import { freshStore } from '#tests/support/store.ts';

describe('the store, on whichever database runs', () => {
	let store: Store;
	beforeEach(async () => {
		store = await freshStore();
	});
	afterEach(() => store.close());

	it('answers a ping and has no writers waiting', async () => {
		await store.ping();
		expect(store.waiting()).toBe(0);
	});

	it('keeps booleans, JSON, large whole numbers and the order of an upsert', async () => {
		const at = Date.UTC(2100, 0, 1);
		const value = { words: ['ombre', '日陰', '\u0001'], deep: { n: 1.5 } };
		await store.transact(async (tx) => {
			await tx.insert(setting).values({ key: 'shade', value, changedAt: at, changedBy: null });
			await tx
				.insert(setting)
				.values({ key: 'shade', value: false, changedAt: at + 1, changedBy: null })
				.onConflictDoNothing();
		});
		const rows = await store.db.select().from(setting);
		expect(rows).toEqual([{ key: 'shade', value, changedAt: at, changedBy: null }]);
	});

	it('rolls back everything, the event too, when the work throws', async () => {
		const attempt = store.transact(async (tx) => {
			await tx.insert(setting).values({ key: 'a', value: 1, changedAt: 1, changedBy: null });
			await appendEvent(tx, { at: 1, personId: null, verb: 'x.y', targetType: 'x', targetId: 'a' });
			throw new Error('second thoughts');
		});
		await expect(attempt).rejects.toThrow('second thoughts');
		expect(await store.db.select().from(setting)).toEqual([]);
		expect(await store.db.select().from(event)).toEqual([]);
	});

	it('lets fifty writers at once each count, losing none', async () => {
		await store.db.insert(rateLimit).values({ key: 'k', windowStart: 0, hits: 0, expiresAt: 9 });
		const bump = () =>
			store.transact(async (tx) => {
				const [row] = await tx
					.update(rateLimit)
					.set({ expiresAt: 10 })
					.where(eq(rateLimit.key, 'k'))
					.returning();
				await tx
					.update(rateLimit)
					.set({ hits: row!.hits + 1 })
					.where(eq(rateLimit.key, 'k'));
			});
		await Promise.all(Array.from({ length: 50 }, bump));
		const [row] = await store.db.select().from(rateLimit);
		expect(row!.hits).toBe(50);
	});
});
