import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { takeFrom } from '#lib/server/limits.ts';
import { eq } from 'drizzle-orm';
import type { Caller } from './caller.ts';
import type { CapacityKind, Duty, Person, Verification } from './actor.ts';
import { addCapacity } from './capacities.server.ts';
import { addDuty } from './duties.server.ts';
import { folded, normalEmail } from './folding.ts';
import { hashPassword } from './hashing.server.ts';
import type { Registration } from './inputs.ts';
import { registrationLimits } from './limits.ts';
import { toPerson } from './people.server.ts';
import { person } from './schema.server.ts';

/** A person to be made by the house itself: set-up, the demo, an import. Nothing is checked twice. */
export interface NewPerson {
	name: string;
	email: string;
	locale?: string;
	verification?: Verification;
	/** Made by `hashPassword`; without one they cannot sign in with a password. */
	passwordHash?: string | null;
	/** Besides citizen, which everybody is. */
	capacities?: { kind: CapacityKind; orgId: string | null }[];
	duties?: Duty[];
	/** Milliseconds; now, unless the demo tells of earlier days. */
	createdAt?: number;
}

/**
 * Registers an account, or seems to. The answer, the work and the time are the same when the address
 * already has one: nothing tells a stranger who is here (P3). Whoever registered then signs in.
 * @throws TooMany
 */
export async function register(house: House, caller: Caller, input: Registration): Promise<void> {
	await takeFrom(house, registrationLimits(caller, input.email));
	const passwordHash = await hashPassword(input.password);
	await house.store.transact(async (tx) => {
		const { name, email, locale } = input;
		const made = await addPerson(tx, house, { name, email, locale, passwordHash }, null);
		if (!made) await recordRepeat(tx, house, email);
	});
}

/** Makes a person without registration. @throws Conflict `email_taken` */
export async function createPerson(
	house: House,
	input: NewPerson,
	by: string | null = null
): Promise<Person> {
	return house.store.transact(async (tx) => {
		const made = await addPerson(tx, house, input, by);
		if (!made) throw new Conflict('email_taken', { field: 'email' });
		return made;
	});
}

/** Makes a person inside a transaction, with all they hold; null when the address has an account. */
export async function addPerson(
	tx: Db,
	house: House,
	input: NewPerson,
	by: string | null
): Promise<Person | null> {
	const at = input.createdAt ?? house.clock();
	const email = normalEmail(input.email);
	const [row] = await tx
		.insert(person)
		.values({
			id: newId(at),
			name: input.name,
			email,
			searchText: folded(`${input.name} ${email}`),
			passwordHash: input.passwordHash ?? null,
			verification: input.verification ?? 'none',
			status: 'active',
			locale: input.locale ?? 'en',
			createdAt: at
		})
		.onConflictDoNothing({ target: person.email })
		.returning();
	if (!row) return null;

	const target = { targetType: 'person', targetId: row.id };
	await appendEvent(tx, { at, personId: by ?? row.id, verb: 'person.registered', ...target });
	const capacities = [...(input.capacities ?? []), { kind: 'citizen' as const, orgId: null }];
	for (const [place, held] of capacities.entries()) {
		// A millisecond apart, so that they keep their order: the first is the usual one.
		await addCapacity(tx, { personId: row.id, ...held, by, at: at + place });
	}
	for (const duty of input.duties ?? []) await addDuty(tx, { personId: row.id, duty, by, at });
	return toPerson(row);
}

/** Somebody tried an address that has an account. The event costs what a registration costs. */
async function recordRepeat(tx: Db, house: House, email: string): Promise<void> {
	const [row] = await tx.select({ id: person.id }).from(person).where(eq(person.email, email));
	await appendEvent(tx, {
		at: house.clock(),
		personId: null,
		verb: 'person.registration_repeated',
		targetType: 'person',
		targetId: row?.id ?? ''
	});
}
