import { and, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { mail, mailToken, notification } from './schema.server.ts';

const DAY = 86_400_000;
/** News are a view on the record, not the record: what nobody looks at any more can go. */
const READ_NEWS = 120 * DAY;
const ALL_NEWS = 400 * DAY;
const LETTERS = 60 * DAY;
/** Somebody may answer a letter late; its link stays good for as long as anybody may ask. */
const LINKS = 400 * DAY;

/** Removes old news, letters and links of letters; a timed job. */
export async function forgetOldNews(house: House): Promise<void> {
	const now = house.clock();
	await house.store.transact(async (tx) => {
		await tx
			.delete(notification)
			.where(
				or(
					lt(notification.at, now - ALL_NEWS),
					and(isNotNull(notification.readAt), lt(notification.readAt, now - READ_NEWS))
				)
			);
		await tx.delete(mail).where(and(isNull(mail.nextAt), lt(mail.createdAt, now - LETTERS)));
		await tx.delete(mailToken).where(lt(mailToken.createdAt, now - LINKS));
	});
}
