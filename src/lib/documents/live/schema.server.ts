import {
	bool,
	bytes,
	index,
	int,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/columns.ts';

/** Where a document's log stands. Moved in the same transaction that appends the rows. */
export const documentHead = table('document_head', {
	documentId: text('document_id').primaryKey(),
	/** Grows when the text is rebuilt without its history; every client then starts anew. */
	epoch: int('epoch').notNull(),
	/** The last row's number: 1, 2, 3 … without gaps, across epochs. */
	seq: int('seq').notNull(),
	hash: bytes('hash').notNull(),
	changedAt: int('changed_at').notNull()
});

/** The log: one row for each update, never changed. The only proof of who deleted what. */
export const documentUpdate = table(
	'document_update',
	{
		documentId: text('document_id').notNull(),
		seq: int('seq').notNull(),
		epoch: int('epoch').notNull(),
		personId: text('person_id').notNull(),
		/** `server` when the house wrote for the person. */
		sessionId: text('session_id').notNull(),
		/** The Yjs client that inserts, 0 when the update only deletes. */
		client: int('client').notNull(),
		clockFrom: int('clock_from').notNull(),
		clockLen: int('clock_len').notNull(),
		update: bytes('bytes').notNull(),
		prevHash: bytes('prev_hash').notNull(),
		hash: bytes('hash').notNull(),
		at: int('at').notNull(),
		/** Removed for good: `bytes` now holds only the SHA-256 of what was there. */
		erased: bool('erased').notNull(),
		/** The branch these words were suggested on; `personId` is who suggested them. Null: typed here. */
		branchId: text('branch_id'),
		/** Who accepted them into this text, and by which decision. */
		acceptedBy: text('accepted_by'),
		decisionId: text('decision_id')
	},
	(t) => [
		primaryKey({ columns: [t.documentId, t.seq] }),
		index('document_update_client').on(t.documentId, t.client, t.clockFrom)
	]
);

type Stored = typeof documentUpdate.$inferSelect;
type Acceptance = 'branchId' | 'acceptedBy' | 'decisionId';
/** A row of the log; the three facts of an acceptance are there when it is one. */
export type UpdateRow = Omit<Stored, Acceptance> & Partial<Pick<Stored, Acceptance>>;

/** The whole state at some row, so that opening need not read the log from its start. */
export const documentSnapshot = table(
	'document_snapshot',
	{
		documentId: text('document_id').notNull(),
		seq: int('seq').notNull(),
		epoch: int('epoch').notNull(),
		state: bytes('bytes').notNull(),
		/** SHA-256 of the state: a damaged snapshot is noticed and the log used instead. */
		checksum: bytes('checksum').notNull(),
		at: int('at').notNull()
	},
	(t) => [primaryKey({ columns: [t.documentId, t.seq] })]
);

/** The text as blocks at some row, so that showing a page need not build the text first. */
export const documentBlocks = table('document_blocks', {
	documentId: text('document_id').primaryKey(),
	/** The hash of the row they were read at, which covers everything before it. */
	hash: bytes('hash').notNull(),
	/** How blocks were written when this was stored; another form is not read. */
	form: int('form').notNull(),
	bytes: bytes('bytes').notNull(),
	/** SHA-256 of the bytes: what is damaged is noticed and read from the text again. */
	checksum: bytes('checksum').notNull(),
	at: int('at').notNull()
});

/** A Yjs client id lent to a person: what carries it was typed by them. Never lent again. */
export const lease = table(
	'document_lease',
	{
		documentId: text('document_id').notNull(),
		client: int('client').notNull(),
		epoch: int('epoch').notNull(),
		personId: text('person_id').notNull(),
		sessionId: text('session_id').notNull(),
		/** Lent for a branch of the document: good there and nowhere else, and unique in the document. */
		branchId: text('branch_id'),
		grantedAt: int('granted_at').notNull()
	},
	(t) => [
		uniqueIndex('document_lease_client').on(t.documentId, t.client),
		index('document_lease_person').on(t.documentId, t.personId)
	]
);
