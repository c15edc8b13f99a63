import { and, count, eq, ne } from 'drizzle-orm';
import { Conflict, NotFound } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { setting } from '#lib/server/schema.server.ts';
import type { Actor, SignedIn } from './actor.ts';
import { mayManagePeople } from './policy.ts';
import { duty, person } from './schema.server.ts';

/** The administrator asking. To anybody else these acts do not exist. @throws NotFound */
export function requireAdmin(actor: Actor): SignedIn {
	if (!mayManagePeople(actor)) throw new NotFound();
	return actor as SignedIn;
}

/** The row of the person an act is about. @throws NotFound */
export async function findPerson(tx: Db, personId: string): Promise<typeof person.$inferSelect> {
	const [row] = await tx.select().from(person).where(eq(person.id, personId));
	if (!row) throw new NotFound('person_not_found');
	return row;
}

/**
 * Lets one change of who administers happen at a time: both databases make the second wait for the
 * first's commit at this row, so that two administrators cannot remove each other in the same moment.
 */
export async function lockAdmins(tx: Db, now: number): Promise<void> {
	const turn = { value: { turn: now }, changedAt: now, changedBy: null };
	await tx
		.insert(setting)
		.values({ key: 'people.admins', ...turn })
		.onConflictDoUpdate({ target: setting.key, set: turn });
}

/** P11: refuses when nobody but this person could administer the house. Call after `lockAdmins`. */
export async function keepAnAdmin(tx: Db, personId: string): Promise<void> {
	const [others] = await tx
		.select({ n: count() })
		.from(duty)
		.innerJoin(person, eq(person.id, duty.personId))
		.where(and(eq(duty.kind, 'admin'), eq(person.status, 'active'), ne(person.id, personId)));
	if ((others?.n ?? 0) === 0) throw new Conflict('last_admin');
}
