import { and, eq, isNull } from 'drizzle-orm';
import { NotFound } from '#lib/errors.ts';
import { secretHash } from '#lib/people/secrets.server.ts';
import type { House } from '#lib/server/house.ts';
import { mailToken } from './schema.server.ts';
import { keepWishes, wishesOfOne } from './wishes.server.ts';

/**
 * Ends all letters to whom a link was sent (N10). The link is the right: nobody has to sign in. Doing
 * it again changes nothing and is no error. @throws NotFound `unsubscribe_unknown`
 */
export async function unsubscribe(house: House, secret: string): Promise<void> {
	await house.store.transact(async (tx) => {
		const token = and(eq(mailToken.id, secretHash(secret)), eq(mailToken.purpose, 'unsubscribe'));
		const [found] = await tx.select().from(mailToken).where(token);
		if (!found) throw new NotFound('unsubscribe_unknown');
		await tx
			.update(mailToken)
			.set({ usedAt: house.clock() })
			.where(and(token, isNull(mailToken.usedAt)));
		const { wishes } = await wishesOfOne(tx, found.personId);
		if (wishes.mail === 'never') return;
		await keepWishes(tx, house, found.personId, { ...wishes, mail: 'never' }, 'letter');
	});
}
