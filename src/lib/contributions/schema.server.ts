import { sql } from 'drizzle-orm';
import { bool, index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { Anchor } from './anchor.ts';
import type {
	AnchorStatus,
	CapacityStamp,
	ContributionKind,
	Detail,
	Outcome,
	Status,
	TargetType
} from './kinds.ts';

/** Anything somebody says about something: one row, whatever its kind. */
export const contribution = table(
	'contribution',
	{
		id: text('id').primaryKey(),
		kind: text('kind').$type<ContributionKind>().notNull(),
		targetType: text('target_type').$type<TargetType>().notNull(),
		targetId: text('target_id').notNull(),
		/** The document it happened in, whatever the target; null outside any document. */
		documentId: text('document_id'),
		/** The head of the thread; null: this is a head. Threads are one level deep. */
		parentId: text('parent_id'),
		personId: text('person_id').notNull(),
		capacity: json('capacity').$type<CapacityStamp>().notNull(),
		termsVersion: text('terms_version').notNull(),
		body: text('body').notNull(),
		/** Where it sits in the text, as said when it was written; never rewritten. */
		anchor: json('anchor').$type<Anchor>(),
		/** Said about the whole block (a clause's button), not about chosen words in it. */
		wholeBlock: bool('whole_block').notNull(),
		/** What the anchor came to when last looked up at `anchorSeq`: a cache, and a hint after a new epoch. */
		anchorStatus: text('anchor_status').$type<AnchorStatus>(),
		anchorFrom: int('anchor_from'),
		anchorTo: int('anchor_to'),
		anchorSeq: int('anchor_seq'),
		status: text('status').$type<Status>().notNull(),
		/** The moderator's reason, told to the author; null unless hidden. */
		hiddenFor: text('hidden_for'),
		/** The form's own key: sending it twice makes one row. */
		idempotencyKey: text('idempotency_key').notNull(),
		createdAt: int('created_at').notNull(),
		/** What its kind asks for besides words (a risk's likelihood, evidence's source); shapes in `kinds.ts`. */
		detail: json('detail').$type<Detail>(),
		/** What became of it by the decision in force: a copy for lists; null while it waits. */
		outcome: text('outcome').$type<Outcome>(),
		answeredAt: int('answered_at'),
		/** The contribution that says the same and now speaks for both; see `merger`. */
		mergedInto: text('merged_into'),
		/** When the author last changed the words; null: never. */
		editedAt: int('edited_at'),
		/** Last change of anything others see (words, status, resolution): what live pages ask by. */
		changedAt: int('changed_at').notNull()
	},
	(t) => [
		uniqueIndex('contribution_once').on(t.personId, t.idempotencyKey),
		index('contribution_document').on(t.documentId, t.kind, t.createdAt),
		index('contribution_changed').on(t.documentId, t.changedAt),
		index('contribution_target').on(t.targetType, t.targetId, t.createdAt),
		index('contribution_thread').on(t.parentId, t.createdAt),
		index('contribution_person').on(t.personId, t.createdAt),
		index('contribution_status').on(t.status, t.createdAt),
		index('contribution_outcome').on(t.documentId, t.status, t.outcome),
		index('contribution_merged').on(t.mergedInto)
	]
);

export type ContributionRow = typeof contribution.$inferSelect;

/** Somebody said a thread is dealt with; reopening closes the record, resolving again makes another. */
export const resolution = table(
	'resolution',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		resolvedBy: text('resolved_by').notNull(),
		resolvedAt: int('resolved_at').notNull(),
		reopenedBy: text('reopened_by'),
		reopenedAt: int('reopened_at')
	},
	(t) => [
		uniqueIndex('resolution_current')
			.on(t.contributionId)
			.where(sql`reopened_at IS NULL`),
		index('resolution_contribution').on(t.contributionId, t.resolvedAt)
	]
);

/** An author took their words back. The words stay for moderators; others see that there were some. */
export const withdrawal = table(
	'withdrawal',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		personId: text('person_id').notNull(),
		at: int('at').notNull()
	},
	(t) => [uniqueIndex('withdrawal_contribution').on(t.contributionId)]
);

/** What was said before an edit. Moderators may read them; the public sees "edited". */
export const contributionEdit = table(
	'contribution_edit',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		personId: text('person_id').notNull(),
		/** The body that the edit replaced. */
		body: text('body').notNull(),
		/** What its kind asks for besides words, as it was before the edit; null: nothing. */
		detail: json('detail').$type<Detail>(),
		at: int('at').notNull()
	},
	(t) => [
		index('contribution_edit_contribution').on(t.contributionId, t.at),
		index('contribution_edit_person').on(t.personId, t.at)
	]
);

/** Why a contribution waits for a moderator, and since when; ended by a decision in `moderation`. */
export const hold = table(
	'hold',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		ground: text('ground').$type<'first_post'>().notNull(),
		at: int('at').notNull(),
		endedAt: int('ended_at'),
		endedBy: text('ended_by')
	},
	(t) => [
		uniqueIndex('hold_current')
			.on(t.contributionId)
			.where(sql`ended_at IS NULL`)
	]
);

/** Two contributions say the same: one speaks for both, and both authors keep the credit. */
export const merger = table(
	'merger',
	{
		id: text('id').primaryKey(),
		contributionId: text('contribution_id').notNull(),
		intoId: text('into_id').notNull(),
		mergedBy: text('merged_by').notNull(),
		at: int('at').notNull(),
		endedBy: text('ended_by'),
		endedAt: int('ended_at')
	},
	(t) => [
		uniqueIndex('merger_current')
			.on(t.contributionId)
			.where(sql`ended_at IS NULL`),
		index('merger_into').on(t.intoId)
	]
);
