import { and, asc, eq } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import type { DutyKind, Person } from './actor.ts';
import { normalEmail } from './folding.ts';
import { toPerson } from './people.server.ts';
import { duty, org, person } from './schema.server.ts';

/** The active people who hold a duty on one document, longest-standing first. */
export async function holdersOn(db: Db, kind: DutyKind, documentId: string): Promise<Person[]> {
	const rows = await db
		.select({ person })
		.from(duty)
		.innerJoin(person, eq(person.id, duty.personId))
		.where(
			and(
				eq(duty.kind, kind),
				eq(duty.scopeType, 'document'),
				eq(duty.scopeId, documentId),
				eq(person.status, 'active')
			)
		)
		.orderBy(asc(duty.grantedAt), asc(duty.id));
	return rows.map((row) => toPerson(row.person));
}

/** The active account with this address, for those whose duty it is to bring somebody in. */
export async function personByEmail(db: Db, email: string): Promise<Person | undefined> {
	const [row] = await db
		.select()
		.from(person)
		.where(and(eq(person.email, normalEmail(email)), eq(person.status, 'active')));
	return row && toPerson(row);
}

/** The name of an Org; undefined when there is none with this id. */
export async function orgName(db: Db, orgId: string): Promise<string | undefined> {
	const [row] = await db.select({ name: org.name }).from(org).where(eq(org.id, orgId));
	return row?.name;
}
