import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Db } from '#lib/server/db/store.ts';
import { newSecret } from '#lib/server/ids.ts';
import { oneTimeToken } from './schema.server.ts';
import { secretHash } from './secrets.server.ts';

type Purpose = (typeof oneTimeToken.$inferSelect)['purpose'];

/** Makes a secret for one use and one purpose; only its hash is kept. Earlier ones of the purpose end. */
export async function issueToken(
	tx: Db,
	token: { purpose: Purpose; personId: string | null; now: number; lasts: number }
): Promise<string> {
	const { purpose, personId, now, lasts } = token;
	const secret = newSecret();
	await tx
		.update(oneTimeToken)
		.set({ usedAt: now })
		.where(and(eq(oneTimeToken.purpose, purpose), isNull(oneTimeToken.usedAt)));
	await tx.insert(oneTimeToken).values({
		id: secretHash(secret),
		purpose,
		personId,
		createdAt: now,
		expiresAt: now + lasts
	});
	return secret;
}

/** Uses a token up. True once, for this purpose, before it expires; false ever after. */
export async function spendToken(
	tx: Db,
	token: { purpose: Purpose; secret: string; now: number }
): Promise<boolean> {
	const rows = await tx
		.update(oneTimeToken)
		.set({ usedAt: token.now })
		.where(
			and(
				eq(oneTimeToken.id, secretHash(token.secret)),
				eq(oneTimeToken.purpose, token.purpose),
				isNull(oneTimeToken.usedAt),
				gt(oneTimeToken.expiresAt, token.now)
			)
		)
		.returning({ id: oneTimeToken.id });
	return rows.length > 0;
}
