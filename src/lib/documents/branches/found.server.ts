import { asc, eq } from 'drizzle-orm';
import { actorOf } from '#lib/people/session.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { loadDocument } from '../documents.server.ts';
import type { LiveRight } from '../policy.ts';
import { branchRight } from './policy.ts';
import { branch, branchMember, type BranchRow } from './schema.server.ts';

export type MemberRow = typeof branchMember.$inferSelect;

/** A branch with those who were asked onto it. */
export interface FoundBranch {
	branch: BranchRow;
	members: MemberRow[];
}

/** The branch whoever asks: for the house's own decisions, never for a page. */
export async function loadBranch(db: Db, id: string): Promise<FoundBranch | undefined> {
	const [row] = await db.select().from(branch).where(eq(branch.id, id));
	if (!row) return undefined;
	const members = await db
		.select()
		.from(branchMember)
		.where(eq(branchMember.branchId, id))
		.orderBy(asc(branchMember.at), asc(branchMember.id));
	return { branch: row, members };
}

/** What a person (null: a visitor) may do with a branch now; `none` when there is no such branch (L1). */
export async function branchRightOf(
	house: House,
	personId: string | null,
	branchId: string
): Promise<LiveRight> {
	if (personId === null) return 'none';
	const found = await loadBranch(house.store.db, branchId);
	const of = found && (await loadDocument(house, found.branch.documentId));
	if (!found || !of) return 'none';
	return branchRight(await actorOf(house, personId), found, of, house.clock());
}
