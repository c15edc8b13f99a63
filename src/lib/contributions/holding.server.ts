import { and, eq } from 'drizzle-orm';
import type { SignedIn } from '#lib/people/actor.ts';
import { speaksUnheld } from '#lib/people/policy.ts';
import { holdsFirstPosts } from '#lib/people/settings.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { contribution, hold } from './schema.server.ts';

/** Puts a hold on a new account's contribution (C7) and says whether it did. */
export async function holdIfNew(
	tx: Db,
	house: House,
	actor: SignedIn,
	contributionId: string,
	at: number
): Promise<boolean> {
	if (!(await isUnheard(tx, house, actor))) return false;
	await tx.insert(hold).values({ id: newId(at), contributionId, ground: 'first_post', at });
	return true;
}

/** Whether nobody has read anything by this person yet, so that their words wait (C7). */
export async function isUnheard(tx: Db, house: House, actor: SignedIn): Promise<boolean> {
	if (speaksUnheld(actor) || !(await holdsFirstPosts(house, tx))) return false;
	const [published] = await tx
		.select({ id: contribution.id })
		.from(contribution)
		.where(and(eq(contribution.personId, actor.person.id), eq(contribution.status, 'published')))
		.limit(1);
	return published === undefined;
}
