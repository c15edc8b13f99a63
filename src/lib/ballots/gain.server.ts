import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { SUPPORT } from './ratings.ts';
import { rating } from './schema.server.ts';

/** Who stands behind adopting some suggestions together; each person once in each figure. */
export interface Gain {
	/** Support at least one of them, or something else on condition that one is accepted. */
	supporters: number;
	/** Of these, those whose condition is met by adopting them. */
	onCondition: number;
	/** Are against at least one of them. */
	against: number;
	/** Support one of them only if something happens that this does not bring about. */
	elsewhere: number;
}

/** What adopting these suggestions together would gain (B10): "214 supporters, 74 of them on their condition". */
export async function gainIf(
	house: House,
	documentId: string,
	suggestionIds: readonly string[]
): Promise<Gain> {
	const adopted = await withMerged(house, documentId, suggestionIds);
	if (adopted.size === 0) return { supporters: 0, onCondition: 0, against: 0, elsewhere: 0 };
	const ids = [...adopted];
	// Two questions, each answered by an index: together they would read everything on the document.
	const [given, waiting] = await Promise.all([
		ratingsWhere(
			house,
			documentId,
			and(eq(rating.targetType, 'suggestion'), inArray(rating.targetId, ids))
		),
		ratingsWhere(house, documentId, inArray(rating.conditionId, ids))
	]);
	const rows = new Map([...given, ...waiting].map((row) => [row.id, row]));
	const [supporters, onCondition] = [new Set<string>(), new Set<string>()];
	const [against, elsewhere] = [new Set<string>(), new Set<string>()];
	for (const row of rows.values()) {
		const { personId, value, condition, conditionId } = row;
		const met = conditionId !== null && adopted.has(conditionId);
		const free = condition === null && (conditionId === null || row.outcome === 'accepted');
		if (value < 0) against.add(personId);
		else if (value > 0 && (met || free)) supporters.add(personId);
		else if (value > 0) elsewhere.add(personId);
		if (value > 0 && met) onCondition.add(personId);
	}
	return {
		supporters: supporters.size,
		onCondition: onCondition.size,
		against: against.size,
		elsewhere: elsewhere.difference(supporters).size
	};
}

function ratingsWhere(house: House, documentId: string, where: SQL | undefined) {
	return house.store.db
		.select({
			id: rating.id,
			personId: rating.personId,
			value: rating.value,
			condition: rating.condition,
			conditionId: rating.conditionId,
			outcome: contribution.outcome
		})
		.from(rating)
		.leftJoin(contribution, eq(contribution.id, rating.conditionId))
		.where(and(eq(rating.documentId, documentId), eq(rating.criterion, SUPPORT), where));
}

/** The suggestions and all that were merged into them, however deep. */
async function withMerged(
	house: House,
	documentId: string,
	ids: readonly string[]
): Promise<Set<string>> {
	const all = new Set(ids);
	for (let fresh = [...all]; fresh.length > 0;) {
		const rows = await house.store.db
			.select({ id: contribution.id })
			.from(contribution)
			.where(and(eq(contribution.documentId, documentId), inArray(contribution.mergedInto, fresh)));
		fresh = rows.map(({ id }) => id).filter((id) => !all.has(id));
		for (const id of fresh) all.add(id);
	}
	return all;
}
