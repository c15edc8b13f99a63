import { eq } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { branch } from './schema.server.ts';

/** Of which document a text of the live engine is a branch, and since which epoch; undefined: of none. */
export async function originOf(
	db: Db,
	id: string
): Promise<{ documentId: string; epoch: number } | undefined> {
	const [row] = await db
		.select({ documentId: branch.documentId, epoch: branch.epoch })
		.from(branch)
		.where(eq(branch.id, id));
	return row;
}
