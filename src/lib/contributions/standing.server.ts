import { and, eq, isNull } from 'drizzle-orm';
import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { touch } from './contribute.server.ts';
import type { Status } from './kinds.ts';
import { letGo } from './merge.server.ts';
import { contribution, hold, type ContributionRow } from './schema.server.ts';
import { keepSearchable } from './searchable.server.ts';

/**
 * For moderation: moves a contribution from the status the moderator saw to another one, inside the
 * moderator's transaction. Ends the hold, and keeps the reason for the author when hiding.
 * @throws Conflict `already_decided` when somebody was faster.
 */
export async function changeStanding(
	tx: Db,
	row: Pick<ContributionRow, 'id' | 'parentId' | 'status'>,
	to: Status,
	{ by, at, reason }: { by: string; at: number; reason: string }
): Promise<void> {
	const [changed] = await tx
		.update(contribution)
		.set({ status: to, hiddenFor: to === 'hidden' ? reason : null, changedAt: at })
		.where(and(eq(contribution.id, row.id), eq(contribution.status, row.status)))
		.returning();
	if (!changed) throw new Conflict('already_decided');
	await keepSearchable(tx, changed);
	if (to === 'hidden') await letGo(tx, row.id, by, at);
	await tx
		.update(hold)
		.set({ endedAt: at, endedBy: by })
		.where(and(eq(hold.contributionId, row.id), isNull(hold.endedAt)));
	if (row.parentId) await touch(tx, row.parentId, at);
}

/** The contribution whoever asks: for moderation's own decisions, never for a page. */
export async function contributionById(
	house: House,
	id: string
): Promise<ContributionRow | undefined> {
	const [row] = await house.store.db.select().from(contribution).where(eq(contribution.id, id));
	return row;
}
