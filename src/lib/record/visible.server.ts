import { and, eq, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { readableBy } from '#lib/documents/documents.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import type { SignedIn } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { notification } from './schema.server.ts';

/** What news are read with, so that `visibleTo` can decide. */
export const WITH = {
	document: eq(document.id, notification.documentId),
	contribution: and(
		eq(notification.targetType, 'contribution'),
		eq(contribution.id, notification.targetId)
	)
};

/**
 * One's own news, as far as one may see now what they tell of (N3): in a document one may read, of a
 * contribution that stands in public or is one's own. Said to the database, so that counts are true.
 */
export async function visibleTo(house: House, actor: SignedIn): Promise<SQL | undefined> {
	const { id } = actor.person;
	const readable = await readableBy(house, actor);
	return and(
		eq(notification.personId, id),
		or(isNull(notification.documentId), and(isNotNull(document.id), readable)),
		or(
			ne(notification.targetType, 'contribution'),
			eq(contribution.status, 'published'),
			eq(contribution.personId, id)
		)
	);
}
