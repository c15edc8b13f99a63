import { and, eq, gt, lte } from 'drizzle-orm';
import { rating } from '#lib/ballots/schema.server.ts';
import { markAsked, toAsk } from '#lib/ballots/stale.server.ts';
import type { LiveText } from '#lib/contributions/places.server.ts';
import { documentHead } from '#lib/documents/live/schema.server.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';

const MINUTE = 60_000;
/** A text that changes is not asked about yet. */
const RESTED = 10 * MINUTE;
/** One that has rested this long was asked about, unless the house stood still all the while. */
const SETTLED = 7 * 24 * 60 * MINUTE;
/** At which row of its log each text was last looked at. */
const looked = new WeakMap<House['store'], Map<string, number>>();

/**
 * Asks people whose support stands on words that have changed since, once for each new text: the
 * record says so, and from there it is news like any other. Returns how many were asked.
 */
export async function askAboutChanges(house: House, live: LiveText): Promise<number> {
	const seen = looked.get(house.store) ?? new Map<string, number>();
	looked.set(house.store, seen);
	const now = house.clock();
	const texts = await house.store.db
		.selectDistinct({ documentId: documentHead.documentId, seq: documentHead.seq })
		.from(documentHead)
		.innerJoin(rating, eq(rating.documentId, documentHead.documentId))
		.where(
			and(
				eq(rating.targetType, 'clause'),
				lte(documentHead.changedAt, now - RESTED),
				gt(documentHead.changedAt, now - SETTLED)
			)
		);
	let asked = 0;
	for (const { documentId, seq } of texts) {
		if (seen.get(documentId) === seq) continue;
		asked += await ask(house, live, documentId);
		seen.set(documentId, seq);
	}
	return asked;
}

async function ask(house: House, live: LiveText, documentId: string): Promise<number> {
	const asking = await toAsk(house, live, documentId);
	if (asking.length === 0) return 0;
	const at = house.clock();
	await house.store.transact(async (tx) => {
		await markAsked(tx, asking);
		for (const { ratingId, personId, blockId } of asking) {
			await appendEvent(tx, {
				at,
				personId: null,
				verb: 'rating.stale',
				targetType: 'rating',
				targetId: ratingId,
				detail: { documentId, personId, blockId }
			});
		}
	});
	return asking.length;
}
