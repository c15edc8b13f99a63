import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { Forbidden } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import type { Actor } from './actor.ts';
import { isSignedIn } from './policy.ts';
import { person } from './schema.server.ts';

/** Since when one agrees to be named as a writer; null: one does not (P15). */
export async function namedSince(house: House, actor: Actor): Promise<number | null> {
	const [row] = await house.store.db
		.select({ since: person.namedSince })
		.from(person)
		.where(eq(person.id, actor.person?.id ?? ''));
	return row?.since ?? null;
}

/**
 * Agrees to be named as a writer of the texts one wrote in, or takes that back; saying it twice changes
 * nothing. It holds from the next answer on. Forbidden `signed_out`.
 */
export async function setNamed(house: House, actor: Actor, named: boolean): Promise<void> {
	if (!isSignedIn(actor)) throw new Forbidden('signed_out');
	const { id } = actor.person;
	const at = house.clock();
	await house.store.transact(async (tx) => {
		const differs = named ? isNull(person.namedSince) : isNotNull(person.namedSince);
		const changed = await tx
			.update(person)
			.set({ namedSince: named ? at : null })
			.where(and(eq(person.id, id), differs))
			.returning({ id: person.id });
		if (changed.length === 0) return;
		const verb = named ? 'person.named' : 'person.unnamed';
		await appendEvent(tx, { at, personId: id, verb, targetType: 'person', targetId: id });
	});
}

/** Ids asked for at once. */
const AT_ONCE = 500;

/**
 * The names of those who agreed to be named; null for who did not. Unknown ids, such as those of accounts
 * that are gone, are absent. Asked anew each time: whoever takes it back is named nowhere from then on.
 */
export async function namesAgreed(
	db: Db,
	personIds: readonly string[]
): Promise<Map<string, string | null>> {
	const found = new Map<string, string | null>();
	const ids = [...new Set(personIds)];
	for (let from = 0; from < ids.length; from += AT_ONCE) {
		const rows = await db
			.select({ id: person.id, name: person.name, since: person.namedSince })
			.from(person)
			.where(inArray(person.id, ids.slice(from, from + AT_ONCE)));
		for (const { id, name, since } of rows) found.set(id, since === null ? null : name);
	}
	return found;
}
