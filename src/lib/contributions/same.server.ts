import { aliasedTable, and, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { person } from '#lib/people/schema.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import { contribution } from './schema.server.ts';
import type { SameView } from './views.ts';

const head = aliasedTable(contribution, 'head');

/** Who says the same as these heads of threads, or what speaks for them, by head (C15). */
export async function sameAs(db: Db, ids: string[]): Promise<Map<string, SameView>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.select({
			id: contribution.id,
			into: contribution.mergedInto,
			personId: contribution.personId,
			name: person.name,
			headPersonId: head.personId
		})
		.from(contribution)
		.innerJoin(head, eq(head.id, contribution.mergedInto))
		.innerJoin(person, eq(person.id, contribution.personId))
		.where(
			and(
				isNotNull(contribution.mergedInto),
				eq(contribution.status, 'published'),
				or(inArray(contribution.mergedInto, ids), inArray(contribution.id, ids))
			)
		);
	const same = new Map<string, SameView>();
	const heads = new Set<string>();
	for (const { id, into } of rows) {
		if (ids.includes(id)) heads.add(into!);
	}
	const all = heads.size > 0 ? await membersOf(db, [...heads]) : [];
	for (const id of ids) {
		const own = rows.find((row) => row.id === id);
		if (own) {
			const others = all.filter((row) => row.into === own.into);
			const people = new Set([own.headPersonId, ...others.map((row) => row.personId)]).size;
			same.set(id, { into: own.into!, people, others: [] });
			continue;
		}
		const others = rows.filter((row) => row.into === id);
		if (others.length === 0) continue;
		const people = new Set([others[0]!.headPersonId, ...others.map((row) => row.personId)]).size;
		const named = others.map((row) => ({ id: row.id, name: row.name }));
		same.set(id, { into: null, people, others: named });
	}
	return same;
}

function membersOf(db: Db, heads: string[]) {
	return db
		.select({ into: contribution.mergedInto, personId: contribution.personId })
		.from(contribution)
		.where(and(inArray(contribution.mergedInto, heads), eq(contribution.status, 'published')));
}
