import { index, int, table, text } from '#lib/server/db/columns.ts';

/** A moderator let a contribution appear: from the held queue, or again after it was hidden. */
export const publication = table(
	'publication',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		/** What it was before. */
		from: text('from_status').$type<'held' | 'hidden'>().notNull(),
		publishedBy: text('published_by').notNull(),
		at: int('at').notNull(),
		/** Why it was restored; may be empty for one that was held. */
		reason: text('reason').notNull()
	},
	(t) => [index('publication_contribution').on(t.contributionId, t.at)]
);

/** A moderator took a contribution out of sight. The reason is compulsory and shown to its author. */
export const hiding = table(
	'hiding',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		from: text('from_status').$type<'held' | 'published'>().notNull(),
		hiddenBy: text('hidden_by').notNull(),
		at: int('at').notNull(),
		reason: text('reason').notNull()
	},
	(t) => [index('hiding_contribution').on(t.contributionId, t.at)]
);
