import { eq } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { setting } from '#lib/server/schema.server.ts';
import type { Actor } from './actor.ts';
import { requireAdmin } from './admins.server.ts';

/** The key under which the table `setting` keeps it; `true` or `false`. */
export const HOLD_FIRST_POSTS = 'hold_first_posts';

/** Whether a new account's first post waits for a moderator: the administrator's choice, or else the configuration's. */
export async function holdsFirstPosts(house: House, db: Db = house.store.db): Promise<boolean> {
	const [row] = await db.select().from(setting).where(eq(setting.key, HOLD_FIRST_POSTS));
	return typeof row?.value === 'boolean' ? row.value : house.config.holdFirstPosts;
}

/** Chooses whether first posts wait. For administrators. */
export async function setHoldFirstPosts(house: House, actor: Actor, value: boolean): Promise<void> {
	const changedBy = requireAdmin(actor).person.id;
	const changedAt = house.clock();
	await house.store.transact(async (tx) => {
		if ((await holdsFirstPosts(house, tx)) === value) return;
		const values = { value, changedAt, changedBy };
		await tx
			.insert(setting)
			.values({ key: HOLD_FIRST_POSTS, ...values })
			.onConflictDoUpdate({ target: setting.key, set: values });
		await appendEvent(tx, {
			at: changedAt,
			personId: changedBy,
			verb: 'setting.changed',
			targetType: 'setting',
			targetId: HOLD_FIRST_POSTS,
			detail: { value }
		});
	});
}
