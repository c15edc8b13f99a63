import { and, eq, inArray } from 'drizzle-orm';
import { Invalid } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { AcceptedRow } from '../live/acceptance.server.ts';
import { lease } from '../live/schema.server.ts';
import type { Merge } from './accept.ts';
import { branch } from './schema.server.ts';

/** Client ids asked for at once. */
const AT_ONCE = 500;

/**
 * What merging branches adds to main, as rows for `live.accept`: each under the person who held the lease
 * of its client on that branch, deletions alone under who began it. Invalid `branch_out_of_place` when an
 * update carries words that were not typed on its branch.
 */
export async function acceptedRows(
	db: Db,
	documentId: string,
	{ updates }: Pick<Merge, 'updates'>
): Promise<AcceptedRow[]> {
	const ids = updates.map(({ branchId }) => branchId);
	const clients = updates.flatMap(({ rows }) => rows.map(({ client }) => client));
	const [beginners, holders] = await Promise.all([
		beginnersOf(db, ids),
		holdersOf(db, documentId, [...new Set(clients)])
	]);
	return updates.flatMap(({ branchId, rows }) =>
		rows.map((row) => {
			const holder = holders.get(row.client);
			const personId = row.client === 0 ? beginners.get(branchId) : holder?.personId;
			const foreign = row.client !== 0 && holder?.branchId !== branchId;
			if (!personId || foreign) throw new Invalid('branch_out_of_place');
			return { personId, branchId, ...row };
		})
	);
}

async function beginnersOf(db: Db, ids: string[]): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	for (let from = 0; from < ids.length; from += AT_ONCE) {
		const rows = await db
			.select({ id: branch.id, personId: branch.createdBy })
			.from(branch)
			.where(inArray(branch.id, ids.slice(from, from + AT_ONCE)));
		for (const { id, personId } of rows) found.set(id, personId);
	}
	return found;
}

async function holdersOf(db: Db, documentId: string, clients: number[]) {
	const found = new Map<number, { personId: string; branchId: string | null }>();
	for (let from = 0; from < clients.length; from += AT_ONCE) {
		const rows = await db
			.select({ client: lease.client, personId: lease.personId, branchId: lease.branchId })
			.from(lease)
			.where(
				and(
					eq(lease.documentId, documentId),
					inArray(lease.client, clients.slice(from, from + AT_ONCE))
				)
			);
		for (const { client, ...holder } of rows) found.set(client, holder);
	}
	return found;
}
