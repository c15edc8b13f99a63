import { asc, count, eq, inArray, sql } from 'drizzle-orm';
import { NotFound } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { Actor, Capacity, Duty, Person } from './actor.ts';
import { folded } from './folding.ts';
import { mayManagePeople } from './policy.ts';
import { capacity, duty, org, person } from './schema.server.ts';

type PersonRow = typeof person.$inferSelect;

/** Somebody with everything they hold, as the administrator's pages list them. */
export interface PersonWithTrust {
	person: Person;
	capacities: Capacity[];
	duties: Duty[];
}

export const PEOPLE_PER_PAGE = 25;

/** One page of people, by name or address; `page` counts from 1. For administrators. */
export async function findPeople(
	house: House,
	actor: Actor,
	{ search = '', page = 1 }: { search?: string; page?: number }
): Promise<{ people: PersonWithTrust[]; total: number; pages: number }> {
	if (!mayManagePeople(actor)) throw new NotFound();
	const { db } = house.store;
	// The signs that LIKE understands are ordinary characters in a name.
	const pattern = `%${folded(search.trim()).replace(/[\\%_]/g, '\\$&')}%`;
	const found = search.trim() ? sql`${person.searchText} like ${pattern} escape '\\'` : undefined;
	const [totals] = await db.select({ n: count() }).from(person).where(found);
	const total = totals?.n ?? 0;
	const rows = await db
		.select()
		.from(person)
		.where(found)
		.orderBy(asc(person.searchText), asc(person.id))
		.limit(PEOPLE_PER_PAGE)
		.offset((Math.max(1, page) - 1) * PEOPLE_PER_PAGE);
	return {
		people: await withTrust(db, rows.map(toPerson)),
		total,
		pages: Math.max(1, Math.ceil(total / PEOPLE_PER_PAGE))
	};
}

/** One person with everything they hold. For administrators. @throws NotFound */
export async function personWithTrust(
	house: House,
	actor: Actor,
	personId: string
): Promise<PersonWithTrust> {
	if (!mayManagePeople(actor)) throw new NotFound();
	const [row] = await house.store.db.select().from(person).where(eq(person.id, personId));
	if (!row) throw new NotFound('person_not_found');
	const [found] = await withTrust(house.store.db, [toPerson(row)]);
	return found!;
}

/** The names of many people at once, for showing who wrote what. Unknown ids are absent. */
export async function namesOf(db: Db, personIds: string[]): Promise<Map<string, string>> {
	if (personIds.length === 0) return new Map();
	const rows = await db
		.select({ id: person.id, name: person.name })
		.from(person)
		.where(inArray(person.id, [...new Set(personIds)]));
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The row as other areas may see it: without the password's hash. */
export function toPerson(row: PersonRow): Person {
	const { id, name, email, verification, status, createdAt, locale } = row;
	return { id, name, email, verification, status, createdAt, locale };
}

/**
 * Adds what each of these people holds, in two reads for all of them. The first capacity is the one
 * they usually speak in; plain citizen comes last.
 */
export async function withTrust(db: Db, people: Person[]): Promise<PersonWithTrust[]> {
	if (people.length === 0) return [];
	const ids = people.map(({ id }) => id);
	const capacities = await db
		.select({
			personId: capacity.personId,
			id: capacity.id,
			kind: capacity.kind,
			orgId: capacity.orgId,
			orgName: org.name
		})
		.from(capacity)
		.leftJoin(org, eq(org.id, capacity.orgId))
		.where(inArray(capacity.personId, ids))
		.orderBy(asc(capacity.grantedAt), asc(capacity.id));
	const duties = await db
		.select()
		.from(duty)
		.where(inArray(duty.personId, ids))
		.orderBy(asc(duty.grantedAt), asc(duty.id));
	return people.map((one) => ({
		person: one,
		capacities: capacities
			.filter(({ personId }) => personId === one.id)
			.map(({ id, kind, orgId, orgName }) => ({ id, kind, orgId: orgId || null, orgName }))
			.sort((a, b) => Number(a.kind === 'citizen') - Number(b.kind === 'citizen')),
		duties: duties
			.filter(({ personId }) => personId === one.id)
			.map(({ kind, scopeType, scopeId }) => ({ kind, scopeType, scopeId: scopeId || null }))
	}));
}
