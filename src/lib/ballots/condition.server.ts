import { and, eq, ne, sql } from 'drizzle-orm';
import { isUnheard } from '#lib/contributions/holding.server.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { Closed, Invalid, NotFound } from '#lib/errors.ts';
import type { SignedIn } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { RateInput } from './inputs.ts';
import { CONDITION_MAX, type Rated } from './ratings.ts';
import { rating, type RatingRow } from './schema.server.ts';

/** Free words or a suggestion, never both. */
export type Condition = Pick<RatingRow, 'condition' | 'conditionId'>;

/**
 * What support depends on (B5). Invalid `condition_needs_support`, `condition_twice`,
 * `condition_too_long`; NotFound or Closed for a suggestion that cannot be waited for.
 */
export async function readCondition(
	house: House,
	document: DocumentRow,
	input: RateInput
): Promise<Condition> {
	const condition = readConditionWords(input.condition ?? '');
	const conditionId = input.conditionId || null;
	if (condition === null && conditionId === null) return { condition, conditionId };
	if (Number(input.value) <= 0) throw new Invalid('condition_needs_support', { field: 'value' });
	if (condition !== null && conditionId !== null) {
		throw new Invalid('condition_twice', { field: 'condition' });
	}
	if (conditionId !== null) await requireWaiting(house, document, conditionId, input.id);
	return { condition, conditionId };
}

/** One line: no control characters, runs of white space as one space. Null when nothing is said. */
function readConditionWords(raw: string): string | null {
	const words = raw
		.toWellFormed()
		.replace(/[\p{Cc}\p{Z}]+/gu, ' ')
		.trim();
	if (words.length > CONDITION_MAX) {
		throw new Invalid('condition_too_long', {
			field: 'condition',
			limit: CONDITION_MAX,
			length: words.length
		});
	}
	return words || null;
}

async function requireWaiting(
	house: House,
	document: DocumentRow,
	id: string,
	targetId: string
): Promise<void> {
	if (id === targetId) throw new Invalid('condition_itself', { field: 'conditionId' });
	const [row] = await house.store.db
		.select({ outcome: contribution.outcome })
		.from(contribution)
		.where(
			and(
				eq(contribution.id, id),
				eq(contribution.documentId, document.id),
				eq(contribution.kind, 'suggestion'),
				eq(contribution.status, 'published')
			)
		);
	if (!row) throw new NotFound('suggestion_not_found');
	if (row.outcome !== null) throw new Closed('condition_answered');
}

/**
 * Whether others may read these words at once (B6): the words of somebody not yet heard wait, and
 * words that wait or were hidden on this thing do so whoever says them next.
 */
export async function isShown(
	tx: Db,
	house: House,
	author: SignedIn,
	{ documentId, type, id }: Rated & { documentId: string },
	words: string
): Promise<boolean> {
	const [other] = await tx
		.select({ shown: rating.conditionShownAt })
		.from(rating)
		.where(
			and(
				eq(rating.documentId, documentId),
				eq(rating.targetType, type),
				eq(rating.targetId, id),
				eq(rating.condition, words),
				ne(rating.personId, author.person.id)
			)
		)
		.orderBy(sql`${rating.conditionShownAt} is null desc`)
		.limit(1);
	if (other) return other.shown !== null;
	return !(await isUnheard(tx, house, author));
}
