import { sql } from 'drizzle-orm';
import { index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { Outcome } from '#lib/contributions/kinds.ts';
import type { Cite, DecisionKind } from './kinds.ts';

/** An outcome with its compulsory reason. Never changed: another decision may take it back or follow it. */
export const decision = table(
	'decision',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		/** 1, 2, 3 … within the document, without gaps. */
		number: int('number').notNull(),
		kind: text('kind').$type<DecisionKind>().notNull(),
		reason: text('reason').notNull(),
		/** SHA-256 of the reason: the chain holds this, so that the words could be erased by law. */
		reasonHash: text('reason_hash').notNull(),
		decidedBy: text('decided_by').notNull(),
		at: int('at').notNull(),
		/** What it rests on or brings about: rows of the log, contributions, versions, other decisions. */
		cites: json('cites').$type<Cite[]>().notNull(),
		/** The decision that this one takes back. */
		undoes: text('undoes'),
		prevHash: text('prev_hash').notNull(),
		hash: text('hash').notNull()
	},
	(t) => [
		uniqueIndex('decision_number').on(t.documentId, t.number),
		uniqueIndex('decision_undoes').on(t.undoes),
		index('decision_document').on(t.documentId, t.at)
	]
);

export type DecisionRow = typeof decision.$inferSelect;

/** What a decision says of one contribution. The one that is in force has not been ended. */
export const disposition = table(
	'disposition',
	{
		id: text('id').primaryKey(),
		decisionId: text('decision_id').notNull(),
		contributionId: text('contribution_id').notNull(),
		outcome: text('outcome').$type<Outcome>().notNull(),
		/** The later decision that replaced it or took it back. */
		endedBy: text('ended_by'),
		endedAt: int('ended_at')
	},
	(t) => [
		uniqueIndex('disposition_current')
			.on(t.contributionId)
			.where(sql`ended_at IS NULL`),
		index('disposition_decision').on(t.decisionId)
	]
);

/** Words that a policy team uses often as a reason. */
export const reasonTemplate = table(
	'reason_template',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		title: text('title').notNull(),
		body: text('body').notNull(),
		createdBy: text('created_by').notNull(),
		createdAt: int('created_at').notNull(),
		retiredAt: int('retired_at')
	},
	(t) => [index('reason_template_document').on(t.documentId, t.title)]
);
