import { and, count, eq, max } from 'drizzle-orm';
import type { Reading } from '#lib/documents/live/engine.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { unmet, waited, waitedInto } from './met.server.ts';
import { ratedKey, SUPPORT, type OwnRating, type Value } from './ratings.ts';
import { rating, type RatingRow } from './schema.server.ts';
import { passageHash, type LiveText } from './thing.server.ts';

/** Stands for a clause that is gone where a hash is kept. */
const GONE = 'gone';

/** Everything somebody supports on a document, by `ratedKey`; nobody else's. */
export async function ownRatings(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string
): Promise<Record<string, OwnRating>> {
	const rows = await ownRows(house, actor, documentId);
	if (rows.length === 0) return {};
	const hashes = new Hashes(await live.read(documentId));
	return Object.fromEntries(
		rows.map(({ row, met }) => {
			const own = ownView(row, met, hashes.of(row));
			return [ratedKey(own), own];
		})
	);
}

/** Names what somebody supports on a document, so that one sees that it changed; '' for nothing. */
export async function ownState(
	house: House,
	personId: string,
	documentId: string
): Promise<string> {
	const [row] = await house.store.db
		.select({ rows: count(), changedAt: max(rating.changedAt) })
		.from(rating)
		.where(and(eq(rating.personId, personId), eq(rating.documentId, documentId)));
	return row && row.rows > 0 ? `${row.rows} ${row.changedAt}` : '';
}

/** One's rows on a document, and whether what they depend on has come about. */
export async function ownRows(
	house: House,
	actor: Actor,
	documentId: string
): Promise<Array<{ row: RatingRow; met: boolean }>> {
	if (!actor.person) return [];
	const rows = await house.store.db
		.select({ row: rating, unmet })
		.from(rating)
		.leftJoin(waited, eq(waited.id, rating.conditionId))
		.leftJoin(waitedInto, eq(waitedInto.id, waited.mergedInto))
		.where(
			and(
				eq(rating.personId, actor.person.id),
				eq(rating.documentId, documentId),
				eq(rating.criterion, SUPPORT)
			)
		);
	return rows.map(({ row, unmet }) => ({ row, met: Number(unmet) === 0 }));
}

/** A row as its giver sees it; `hash` is the text as it is now. */
export function ownView(row: RatingRow, met: boolean, hash: string): OwnRating {
	const stale = row.textHash !== hash;
	return {
		ratingId: row.id,
		type: row.targetType,
		id: row.targetId,
		value: row.value as Value,
		condition: row.condition,
		conditionId: row.conditionId,
		met: row.conditionId !== null && met,
		unshown: row.condition !== null && row.conditionShownAt === null,
		capacity: row.capacity,
		stale,
		ask: stale && row.askedHash !== hash
	};
}

/** The hashes of what was rated, as the text reads now: only clauses ever change. */
export class Hashes {
	readonly #blocks: Map<string, Reading['blocks'][number]>;
	readonly #known = new Map<string, string>();

	constructor({ blocks }: Pick<Reading, 'blocks'>) {
		this.#blocks = new Map(blocks.map((block) => [block.id, block]));
	}

	of({ targetType, targetId, textHash }: Pick<RatingRow, 'targetType' | 'targetId' | 'textHash'>) {
		if (targetType !== 'clause') return textHash;
		let hash = this.#known.get(targetId);
		if (hash === undefined) {
			const block = this.#blocks.get(targetId);
			this.#known.set(targetId, (hash = block ? passageHash(block) : GONE));
		}
		return hash;
	}
}
