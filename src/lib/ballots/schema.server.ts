import { index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { CapacityStamp } from '#lib/contributions/kinds.ts';
import type { RatedType } from './ratings.ts';

/**
 * What one person thinks of one thing by one criterion; today the criterion is support, −2…+2. One
 * row per person and thing, changed in place; the record keeps that it was changed.
 */
export const rating = table(
	'rating',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		targetType: text('target_type').$type<RatedType>().notNull(),
		/** The clause's block id, the suggestion's contribution id, or the version's id. */
		targetId: text('target_id').notNull(),
		personId: text('person_id').notNull(),
		criterion: text('criterion').notNull(),
		/** −2 … +2. With a condition it is what the person would give once the condition is met. */
		value: int('value').notNull(),
		/** "I support this if …", in the giver's words. */
		condition: text('condition'),
		/** "I support this if that suggestion is accepted": its contribution id. */
		conditionId: text('condition_id'),
		/** Since when others may read the words of the condition; null: they wait, or a moderator hid them. */
		conditionShownAt: int('condition_shown_at'),
		capacity: json('capacity').$type<CapacityStamp>().notNull(),
		/** Kind of capacity again, so that tallies can group by it. */
		capacityKind: text('capacity_kind').notNull(),
		/** The hash of the exact text it was given on; another one now means it is stale. */
		textHash: text('text_hash').notNull(),
		/** Where in the log of main it was given. */
		seq: int('seq').notNull(),
		createdAt: int('created_at').notNull(),
		changedAt: int('changed_at').notNull(),
		/** The text for which the giver was last asked to reconfirm: they are asked once for each. */
		askedHash: text('asked_hash')
	},
	(t) => [
		uniqueIndex('rating_once').on(t.personId, t.documentId, t.targetType, t.targetId, t.criterion),
		index('rating_target').on(t.documentId, t.targetType, t.targetId, t.value),
		index('rating_condition').on(t.conditionId)
	]
);

export type RatingRow = typeof rating.$inferSelect;

/** The words that a hash in a rating stands for, kept once, so that a giver can be shown what changed. */
export const ratedText = table('rated_text', {
	hash: text('hash').primaryKey(),
	text: text('text').notNull(),
	at: int('at').notNull()
});
