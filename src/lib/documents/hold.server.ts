import { eq, sql } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { document, type DocumentRow } from './schema.server.ts';

/**
 * Holds the document's row until the transaction ends, so that what is written with it is written before
 * the document moves to another stage or after, and decisions are made one after the other. Returns the
 * row as it is now.
 */
export async function holdDocument(tx: Db, documentId: string): Promise<DocumentRow> {
	const [row] = await tx
		.update(document)
		.set({ changedAt: sql`${document.changedAt}` })
		.where(eq(document.id, documentId))
		.returning();
	return row!;
}
