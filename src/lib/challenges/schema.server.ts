import { index, int, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { Part } from './parts.ts';

/** The part that a person or an org (exactly one of the two) has in something. */
export const party = table(
	'party',
	{
		id: text('id').primaryKey(),
		targetType: text('target_type').$type<'document' | 'clause'>().notNull(),
		/** A clause is `<document id>#<block id>`. */
		targetId: text('target_id').notNull(),
		personId: text('person_id'),
		orgId: text('org_id'),
		part: text('part').$type<Part>().notNull(),
		addedBy: text('added_by'),
		addedAt: int('added_at').notNull()
	},
	(t) => [
		// An absent person or org never equals another, so each index binds only its own kind.
		uniqueIndex('party_person').on(t.targetType, t.targetId, t.part, t.personId),
		uniqueIndex('party_org').on(t.targetType, t.targetId, t.part, t.orgId),
		index('party_of_person').on(t.personId, t.targetType)
	]
);

export type Party = typeof party.$inferSelect;
