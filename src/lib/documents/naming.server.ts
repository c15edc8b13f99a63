import { eq } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { documentSlug } from './schema.server.ts';
import { slugOf } from './slugs.ts';

/**
 * Takes an address for a title, for good: the plain one, or with `-2`, `-3`, … when another document
 * has ever had it. An address that was this document's own is taken up again.
 */
export async function takeSlug(
	tx: Db,
	documentId: string,
	title: string,
	now: number
): Promise<string> {
	const base = slugOf(title);
	for (let count = 1; ; count += 1) {
		const slug = count === 1 ? base : `${base}-${count}`;
		const taken = await tx
			.insert(documentSlug)
			.values({ slug, documentId, since: now })
			.onConflictDoNothing()
			.returning({ slug: documentSlug.slug });
		if (taken.length > 0 || (await ownerOf(tx, slug)) === documentId) return slug;
	}
}

/** The document that an address belongs to, now or once; undefined when none ever did. */
export async function ownerOf(db: Db, slug: string): Promise<string | undefined> {
	const [row] = await db
		.select({ documentId: documentSlug.documentId })
		.from(documentSlug)
		.where(eq(documentSlug.slug, slug));
	return row?.documentId;
}
