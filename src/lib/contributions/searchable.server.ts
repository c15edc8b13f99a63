import { and, eq, gt } from 'drizzle-orm';
import { document } from '#lib/documents/schema.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { entryIds, putEntry, removeEntry } from '#lib/server/search.ts';
import { contribution, type ContributionRow } from './schema.server.ts';

type Said = Pick<ContributionRow, 'id' | 'documentId' | 'status' | 'body' | 'anchor' | 'detail'>;

/**
 * Keeps what can be found in step with what is said, in the transaction that changes it (C17): published
 * words are found, others are not.
 */
export async function keepSearchable(tx: Db, row: Said): Promise<void> {
	if (row.documentId === null) return;
	if (row.status !== 'published') return removeEntry(tx, row.id);
	const [of] = await tx
		.select({ language: document.language })
		.from(document)
		.where(eq(document.id, row.documentId));
	await putEntry(tx, {
		id: row.id,
		scope: row.documentId,
		language: of?.language ?? '',
		text: wordsOf(row)
	});
}

function wordsOf({ body, anchor, detail }: Said): string {
	const source = detail?.kind === 'evidence' ? detail.source : '';
	return [body, anchor?.quote ?? '', source].join('\n');
}

const PIECE = 500;

/** Finds what has no entry yet, and makes it: what was said before there was a search. */
export async function mendSearch(house: House): Promise<number> {
	const known = await entryIds(house.store.db);
	let mended = 0;
	for (let after = ''; ;) {
		const rows = await house.store.db
			.select()
			.from(contribution)
			.where(and(gt(contribution.id, after), eq(contribution.status, 'published')))
			.orderBy(contribution.id)
			.limit(PIECE);
		const missing = rows.filter((row) => !known.has(row.id));
		if (missing.length > 0) {
			await house.store.transact(async (tx) => {
				for (const row of missing) await keepSearchable(tx, row);
			});
			mended += missing.length;
		}
		if (rows.length < PIECE) return mended;
		after = rows.at(-1)!.id;
	}
}
