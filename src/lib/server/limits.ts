import { lte, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { TooMany } from '#lib/errors.ts';
import type { House } from './house.ts';
import { rateLimit } from './schema.server.ts';

/** So many within so long, for each key. */
export interface Limit {
	name: string;
	most: number;
	/** Length of the window, ms. */
	within: number;
}

/** A limit applied to somebody or something; `subject` is hashed before it is stored. */
export interface Count {
	limit: Limit;
	subject: string;
}

/** What was counted, so that it can be given back when the act turned out to be a good one. */
export type Taken = { key: string; windowStart: number }[];

/**
 * Counts one act against several limits at once, before the act. Throws `TooMany` with the seconds
 * until the longest of the exceeded windows ends. The counters are rows, so a restart forgives nothing.
 */
export async function takeFrom(house: House, counts: Count[]): Promise<Taken> {
	const now = house.clock();
	const rows = counts.map(({ limit, subject }) => {
		const windowStart = now - (now % limit.within);
		return {
			limit,
			key: keyOf(limit, subject),
			windowStart,
			expiresAt: windowStart + limit.within
		};
	});
	// Always in the same order: two acts that count against the same rows must not wait for each other.
	rows.sort((a, b) => (a.key < b.key ? -1 : 1));

	await house.store.transact(async (tx) => {
		let seconds = 0;
		for (const { limit, key, windowStart, expiresAt } of rows) {
			const [row] = await tx
				.insert(rateLimit)
				.values({ key, windowStart, expiresAt, hits: 1 })
				.onConflictDoUpdate({
					target: [rateLimit.key, rateLimit.windowStart],
					set: { hits: sql`${rateLimit.hits} + 1` }
				})
				.returning({ hits: rateLimit.hits });
			if ((row?.hits ?? 0) > limit.most) {
				seconds = Math.max(seconds, Math.ceil((expiresAt - now) / 1000));
			}
		}
		// Thrown inside, so that a refused act counts nowhere: one network cannot fill everybody's limit.
		if (seconds > 0) throw new TooMany('too_many_attempts', { seconds });
	});
	return rows.map(({ key, windowStart }) => ({ key, windowStart }));
}

/** Takes an act back out of its counters: it was not an attack after all. */
export async function giveBack(house: House, taken: Taken): Promise<void> {
	await house.store.transact(async (tx) => {
		for (const { key, windowStart } of taken) {
			await tx
				.update(rateLimit)
				.set({ hits: sql`${rateLimit.hits} - 1` })
				.where(
					sql`${rateLimit.key} = ${key} and ${rateLimit.windowStart} = ${windowStart} and ${rateLimit.hits} > 0`
				);
		}
	});
}

/** Removes counters whose window is over; a timed job. */
export async function forgetOldLimits(house: House): Promise<void> {
	await house.store.transact(async (tx) => {
		await tx.delete(rateLimit).where(lte(rateLimit.expiresAt, house.clock()));
	});
}

function keyOf(limit: Limit, subject: string): string {
	const hash = createHash('sha256').update(`${limit.name}\n${subject}`).digest('base64url');
	return `${limit.name}:${hash.slice(0, 22)}`;
}
