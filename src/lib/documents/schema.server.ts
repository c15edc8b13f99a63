import { bytes, index, int, json, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import type { Kind, Licence } from './kinds.ts';
import type { Stage } from './stages.ts';
import type { Block } from './text/blocks.ts';

/** A text and what is known about it. The words themselves are in the live log (live/schema). */
export const document = table(
	'document',
	{
		id: text('id').primaryKey(),
		/** Its present name in addresses; earlier ones stay in `document_slug`. */
		slug: text('slug').notNull(),
		title: text('title').notNull(),
		/** One sentence: what this text promises, to whom. */
		summary: text('summary').notNull(),
		kind: text('kind').$type<Kind>().notNull(),
		stage: text('stage').$type<Stage>().notNull(),
		stageSince: int('stage_since').notNull(),
		/** When the consultation ends; kept afterwards as the date it ended. */
		closesAt: int('closes_at'),
		language: text('language').notNull(),
		licence: text('licence').$type<Licence>().notNull(),
		ownerOrgId: text('owner_org_id'),
		createdBy: text('created_by'),
		createdAt: int('created_at').notNull(),
		/** Last change of anything but the words. */
		changedAt: int('changed_at').notNull()
	},
	(t) => [
		uniqueIndex('document_by_slug').on(t.slug),
		index('document_by_stage').on(t.stage, t.changedAt)
	]
);

export type DocumentRow = typeof document.$inferSelect;

/** Every name a document ever had in addresses, so that no link to it ever breaks. */
export const documentSlug = table(
	'document_slug',
	{
		slug: text('slug').primaryKey(),
		documentId: text('document_id').notNull(),
		since: int('since').notNull()
	},
	(t) => [index('document_slug_document').on(t.documentId)]
);

/** The move of a document from one stage to the next: who, when and why. */
export const stageMove = table(
	'document_stage_move',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		from: text('from_stage').$type<Stage>().notNull(),
		to: text('to_stage').$type<Stage>().notNull(),
		reason: text('reason').notNull(),
		versionId: text('version_id'),
		movedBy: text('moved_by'),
		movedAt: int('moved_at').notNull()
	},
	(t) => [index('document_stage_move_document').on(t.documentId, t.movedAt)]
);

/** A text as it stood at one moment. Rows are never changed. */
export const documentVersion = table(
	'document_version',
	{
		id: text('id').primaryKey(),
		documentId: text('document_id').notNull(),
		/** 1, 2, 3 … within the document. */
		number: int('number').notNull(),
		/** The stage it was frozen for. */
		stage: text('stage').$type<Stage>().notNull(),
		title: text('title').notNull(),
		contentHash: text('content_hash').notNull(),
		/** Where in the live log it stands. */
		epoch: int('epoch').notNull(),
		seq: int('seq').notNull(),
		/** The whole Yjs state, from which anchors and branches can start. */
		state: bytes('state').notNull(),
		blocks: json('blocks').$type<Block[]>().notNull(),
		reason: text('reason').notNull(),
		frozenBy: text('frozen_by'),
		frozenAt: int('frozen_at').notNull()
	},
	(t) => [uniqueIndex('document_version_number').on(t.documentId, t.number)]
);

export type VersionRow = typeof documentVersion.$inferSelect;
