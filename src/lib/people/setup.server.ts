import { Closed, Invalid } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { takeFrom } from '#lib/server/limits.ts';
import { lockAdmins } from './admins.server.ts';
import type { Caller } from './caller.ts';
import { hashPassword } from './hashing.server.ts';
import type { SetUp } from './inputs.ts';
import { setUpLimits } from './limits.ts';
import { addPerson } from './registration.server.ts';
import { person } from './schema.server.ts';
import { beginSession } from './sign-in.server.ts';
import { issueToken, spendToken } from './tokens.server.ts';

const TOKEN_LASTS = 24 * 3_600_000;

/** Whether nobody has an account yet: the house waits to be set up. */
export async function isEmpty(house: House): Promise<boolean> {
	return nobodyIn(house.store.db);
}

/**
 * On a start with nobody in the database: prints the address and the one-time token with which whoever
 * can read this log makes the first administrator (P13). Each start ends the token of the one before.
 */
export async function announceSetup(house: House, address: string): Promise<void> {
	const token = await house.store.transact(async (tx) => {
		if (!(await nobodyIn(tx))) return null;
		const token = { purpose: 'set_up' as const, personId: null, lasts: TOKEN_LASTS };
		return issueToken(tx, { ...token, now: house.clock() });
	});
	if (token === null) return;
	house.log.warn(
		{ address: `${address}/setup`, token },
		'nobody has an account yet: set up the house at this address with this one-time token (24 hours)'
	);
}

/**
 * Makes the first person, with the administrator's duty, and signs them in. Happens once: the token is
 * spent, and of two at the same moment the second finds the house inhabited.
 * @throws Invalid `token_wrong`, Closed `set_up_done`, TooMany
 */
export async function setUp(
	house: House,
	caller: Caller,
	input: SetUp
): Promise<{ token: string; personId: string }> {
	if (!(await isEmpty(house))) throw new Closed('set_up_done');
	await takeFrom(house, setUpLimits(caller));
	const passwordHash = await hashPassword(input.password);
	return house.store.transact(async (tx) => {
		const now = house.clock();
		await lockAdmins(tx, now);
		if (!(await nobodyIn(tx))) throw new Closed('set_up_done');
		if (!(await spendToken(tx, { purpose: 'set_up', secret: input.token, now }))) {
			throw new Invalid('fields', { token: 'token_wrong' });
		}
		const { name, email, locale } = input;
		const duties = [{ kind: 'admin' as const, scopeType: 'house' as const, scopeId: null }];
		const first = { name, email, locale, passwordHash, verification: 'verified' as const, duties };
		const made = await addPerson(tx, house, first, null);
		if (!made) throw new Closed('set_up_done');
		const { token } = await beginSession(tx, house, made.id, caller.device);
		return { token, personId: made.id };
	});
}

async function nobodyIn(db: Db): Promise<boolean> {
	return (await db.select({ id: person.id }).from(person).limit(1)).length === 0;
}
