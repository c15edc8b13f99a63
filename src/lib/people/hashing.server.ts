import { hash, verify } from '@node-rs/argon2';
import { TooMany } from '#lib/errors.ts';
import { normalPassword } from './passwords.ts';

/** Argon2id (the library's default) with 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** The hash of a random text that was thrown away, at the same cost (a test holds them together). */
export const DECOY =
	'$argon2id$v=19$m=19456,t=2,p=1$TbR9fPJKVandmcSeFi0tpw$dq+0hPnDoom5EacPXb4c9LLtrgwx77/Tu7DdWWBIGWE';
/** More than this waiting for a hash means somebody is burning the processor: refuse, do not pile up. */
const LONGEST_QUEUE = 200;

let waiting = 0;

/** The hash to keep, as a PHC string with its own salt. */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(normalPassword(password), COST));
}

/**
 * Whether this is the password. Without a stored hash (no such account, or one without a password) the
 * same work is done on a hash of nothing in particular, so that the time says nothing.
 */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
	const same = await inTurn(() => verify(stored ?? DECOY, normalPassword(password)));
	return same && stored !== null;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (waiting >= LONGEST_QUEUE) throw new TooMany('too_many_attempts', { seconds: 10 });
	waiting += 1;
	try {
		return await work();
	} finally {
		waiting -= 1;
	}
}
