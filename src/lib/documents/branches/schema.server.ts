import { bytes, index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { BranchSummary } from './stored.ts';

/**
 * A fork of a document on which one person, or an invited group, writes. Its words are in the live log
 * under the branch's own id, on top of the main text; private until it is published as a suggestion.
 */
export const branch = table(
	'branch',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		/** Of the main text; a branch of an earlier epoch can be read, never accepted. */
		epoch: int('epoch').notNull(),
		/** Where in the log of main it forked. */
		baseSeq: int('base_seq').notNull(),
		/** The block it was begun on. */
		blockId: text('block_id'),
		createdBy: text('created_by').notNull(),
		createdAt: int('created_at').notNull(),
		changedAt: int('changed_at').notNull(),
		/** Of which branch this is the rest, after a part of it was accepted. */
		restOf: text('rest_of'),
		/** The suggestion it was published as; null: private. */
		contributionId: text('contribution_id'),
		/** What it adds to main, frozen when it was published (Yjs V1, on top of main). */
		update: bytes('bytes'),
		/** SHA-256 of `bytes`: what support for it names. */
		contentHash: text('content_hash'),
		/** For lists, as it was when published: blocks touched and the change in words. */
		summary: json('summary').$type<BranchSummary>(),
		publishedAt: int('published_at'),
		/** Given up by its author before it was published. */
		discardedAt: int('discarded_at')
	},
	(t) => [
		uniqueIndex('branch_contribution').on(t.contributionId),
		index('branch_document').on(t.documentId, t.publishedAt),
		index('branch_person').on(t.createdBy, t.changedAt)
	]
);

export type BranchRow = typeof branch.$inferSelect;

/** Who writes on a branch besides who began it. */
export const branchMember = table(
	'branch_member',
	{
		id: text('id').primaryKey(),
		branchId: text('branch_id').notNull(),
		personId: text('person_id').notNull(),
		invitedBy: text('invited_by').notNull(),
		at: int('at').notNull(),
		/** When they said they join; null: invited. */
		joinedAt: int('joined_at')
	},
	(t) => [
		uniqueIndex('branch_member_once').on(t.branchId, t.personId),
		index('branch_member_person').on(t.personId)
	]
);
