import { and, count, eq, inArray, isNotNull, or } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import type { CapacityKind } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { unmet, waited, waitedInto } from './met.server.ts';
import { RATED_TYPES, ratedKey, SUPPORT, type Rated } from './ratings.ts';
import { rating } from './schema.server.ts';
import type { Cell } from './tally.ts';

/**
 * What people gave on a document, counted by everything a tally tells apart, by `ratedKey`. With
 * `only`, of these things and of what speaks for them. Somebody who supported several suggestions that
 * were merged counts once for the one that speaks for all (B8).
 */
export async function cellsOf(
	house: House,
	documentId: string,
	only?: Rated[]
): Promise<Map<string, Cell[]>> {
	const { db } = house.store;
	const cells = new Map<string, Cell[]>(only?.map((one) => [ratedKey(one), []]));
	const columns = {
		type: rating.targetType,
		id: rating.targetId,
		value: rating.value,
		kind: rating.capacityKind,
		hash: rating.textHash,
		unmet
	};
	const rows = await db
		.select({ ...columns, people: count() })
		.from(rating)
		.leftJoin(waited, eq(waited.id, rating.conditionId))
		.leftJoin(waitedInto, eq(waitedInto.id, waited.mergedInto))
		.where(and(eq(rating.documentId, documentId), eq(rating.criterion, SUPPORT), within(only)))
		.groupBy(...Object.values(columns));
	for (const { type, id, people, ...row } of rows) {
		const key = ratedKey({ type, id });
		const list = cells.get(key) ?? [];
		list.push({ ...cellOf(row), people });
		cells.set(key, list);
	}
	for (const family of await familiesOf(db, documentId, only)) {
		const key = ratedKey({ type: 'suggestion', id: family[0]! });
		cells.set(key, await peopleOnce(db, documentId, family));
	}
	return cells;
}

function cellOf(row: {
	value: number;
	kind: string;
	hash: string;
	unmet: number;
}): Omit<Cell, 'people'> {
	const { value, hash } = row;
	return { value, hash, kind: row.kind as CapacityKind, conditional: Number(row.unmet) === 1 };
}

function within(only: Rated[] | undefined) {
	if (!only) return undefined;
	const of = RATED_TYPES.map((type) => ({
		type,
		ids: only.filter((one) => one.type === type).map((one) => one.id)
	})).filter(({ ids }) => ids.length > 0);
	return or(
		...of.map(({ type, ids }) => and(eq(rating.targetType, type), inArray(rating.targetId, ids)))
	);
}

/** Suggestions that were merged, with the one that speaks for them first. */
async function familiesOf(db: Db, documentId: string, only?: Rated[]): Promise<string[][]> {
	if (only && !only.some(({ type }) => type === 'suggestion')) return [];
	const rows = await db
		.select({ id: contribution.id, into: contribution.mergedInto })
		.from(contribution)
		.where(
			and(
				eq(contribution.documentId, documentId),
				eq(contribution.kind, 'suggestion'),
				isNotNull(contribution.mergedInto)
			)
		);
	const into = new Map(rows.map((row) => [row.id, row.into!]));
	const families = new Map<string, string[]>();
	for (const id of into.keys()) {
		let head = into.get(id)!;
		for (let step = 0; into.has(head) && step < into.size; step += 1) head = into.get(head)!;
		families.set(head, [...(families.get(head) ?? [head]), id]);
	}
	const asked = only && new Set(only.map(({ id }) => id));
	return [...families.values()].filter((ids) => !asked || ids.some((id) => asked.has(id)));
}

/** Each person once: what they gave the one that speaks for all, or else what they said last. */
async function peopleOnce(db: Db, documentId: string, family: string[]): Promise<Cell[]> {
	const rows = await db
		.select({
			personId: rating.personId,
			id: rating.targetId,
			value: rating.value,
			kind: rating.capacityKind,
			hash: rating.textHash,
			changedAt: rating.changedAt,
			unmet
		})
		.from(rating)
		.leftJoin(waited, eq(waited.id, rating.conditionId))
		.leftJoin(waitedInto, eq(waitedInto.id, waited.mergedInto))
		.where(
			and(
				eq(rating.documentId, documentId),
				eq(rating.targetType, 'suggestion'),
				eq(rating.criterion, SUPPORT),
				inArray(rating.targetId, family)
			)
		);
	const head = family[0];
	const counts = new Map<string, (typeof rows)[number]>();
	for (const row of rows.toSorted((a, b) => a.changedAt - b.changedAt)) {
		if (counts.get(row.personId)?.id !== head) counts.set(row.personId, row);
	}
	return [...counts.values()].map((row) => ({ ...cellOf(row), people: 1 }));
}
