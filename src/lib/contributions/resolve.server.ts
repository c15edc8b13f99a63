import { and, eq, isNull } from 'drizzle-orm';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { announce, touch } from './contribute.server.ts';
import { mayResolve } from './policy.ts';
import { sceneOf, signedIn } from './scene.server.ts';
import { resolution } from './schema.server.ts';

/** Says that a thread is dealt with (C5). Twice is no error. */
export function resolveThread(house: House, actor: Actor, id: string): Promise<void> {
	return change(house, actor, id, 'resolved');
}

/** Opens a resolved thread again (C5). Twice is no error. */
export function reopenThread(house: House, actor: Actor, id: string): Promise<void> {
	return change(house, actor, id, 'reopened');
}

async function change(
	house: House,
	actor: Actor,
	id: string,
	to: 'resolved' | 'reopened'
): Promise<void> {
	const { person } = signedIn(actor);
	const { row, document } = await sceneOf(house, actor, id);
	if (!mayResolve(actor, row, document)) throw new NotFound('contribution_not_found');
	const now = house.clock();
	const changed = await house.store.transact(async (tx) => {
		const written =
			to === 'resolved'
				? await tx
						.insert(resolution)
						.values({ id: newId(now), contributionId: id, resolvedBy: person.id, resolvedAt: now })
						.onConflictDoNothing()
						.returning({ id: resolution.id })
				: await tx
						.update(resolution)
						.set({ reopenedBy: person.id, reopenedAt: now })
						.where(and(eq(resolution.contributionId, id), isNull(resolution.reopenedAt)))
						.returning({ id: resolution.id });
		if (written.length === 0) return false;
		await touch(tx, id, now);
		await appendEvent(tx, {
			at: now,
			personId: person.id,
			verb: `contribution.${to}`,
			targetType: 'contribution',
			targetId: id,
			documentId: document.id
		});
		return true;
	});
	if (changed) announce(house, row);
}
