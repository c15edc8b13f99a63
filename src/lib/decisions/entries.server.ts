import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { numberClauses, type Block } from '#lib/documents/text/blocks.ts';
import { person } from '#lib/people/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { contributionPath } from './links.ts';
import { answersTo } from './marks.server.ts';
import { batches } from './record.server.ts';
import type { Entry } from './views.ts';

/** What entries need of the text: which blocks there are, and their numbers. */
export interface Numbered {
	/** Where each block stands in the text. */
	placeOf: ReadonlyMap<string, number>;
	numberOf: ReadonlyMap<string, string>;
}

const numbered = new WeakMap<readonly Block[], Numbered>();

/** Places and numbers of the blocks of a text; worked out once for each reading of it. */
export function numbersIn(blocks: readonly Block[]): Numbered {
	let found = numbered.get(blocks);
	if (!found) {
		const placeOf = new Map(blocks.map(({ id }, at) => [id, at]));
		numbered.set(blocks, (found = { placeOf, numberOf: numberClauses(blocks) }));
	}
	return found;
}

/** The contributions with these ids in full, in this order, the same for whoever reads them (A10). */
export async function entriesOf(
	house: House,
	{ slug, text }: { slug: string; text: Numbered },
	ids: readonly string[]
): Promise<Entry[]> {
	const [rows, answers, replies, changes] = await Promise.all([
		rowsOf(house, ids),
		answersTo(house, [...ids]),
		repliesTo(house, ids),
		changesOf(house, ids)
	]);
	const merged = await answersTo(
		house,
		[...rows.values()].flatMap(({ row }) => row.mergedInto ?? [])
	);
	return ids.flatMap((id): Entry[] => {
		const found = rows.get(id);
		if (!found) return [];
		const { row, author } = found;
		const answer = answers.get(id) ?? merged.get(row.mergedInto ?? '');
		const isShown = row.status === 'published';
		const blockId = row.anchor?.blockId ?? null;
		return [
			{
				id,
				kind: row.kind,
				status: row.status,
				author,
				capacity: row.capacity,
				body: isShown ? row.body : null,
				quote: isShown && !row.wholeBlock ? (row.anchor?.quote ?? null) : null,
				change: isShown ? (changes.get(id) ?? null) : null,
				blockId: blockId && text.placeOf.has(blockId) ? blockId : null,
				number: (blockId && text.numberOf.get(blockId)) ?? null,
				replies: replies.get(id) ?? 0,
				createdAt: row.createdAt,
				href: contributionPath(slug, row),
				outcome: row.outcome,
				answeredAt: row.answeredAt,
				decision: answer ? { number: answer.number, reason: answer.reason } : null,
				mergedInto: row.mergedInto
			}
		];
	});
}

async function rowsOf(house: House, ids: readonly string[]) {
	const found = new Map<string, { row: typeof contribution.$inferSelect; author: string }>();
	for (const some of batches(ids)) {
		const rows = await house.store.db
			.select({ row: contribution, author: person.name })
			.from(contribution)
			.innerJoin(person, eq(person.id, contribution.personId))
			.where(inArray(contribution.id, some));
		for (const one of rows) found.set(one.row.id, one);
	}
	return found;
}

async function repliesTo(house: House, ids: readonly string[]): Promise<Map<string, number>> {
	const found = new Map<string, number>();
	for (const some of batches(ids)) {
		const rows = await house.store.db
			.select({ id: contribution.parentId, many: count() })
			.from(contribution)
			.where(and(inArray(contribution.parentId, some), eq(contribution.status, 'published')))
			.groupBy(contribution.parentId);
		for (const { id, many } of rows) if (id) found.set(id, many);
	}
	return found;
}

async function changesOf(
	house: House,
	ids: readonly string[]
): Promise<Map<string, Entry['change']>> {
	const found = new Map<string, Entry['change']>();
	for (const some of batches(ids)) {
		const rows = await house.store.db
			.select({ id: branch.contributionId, summary: branch.summary })
			.from(branch)
			.where(and(inArray(branch.contributionId, some), isNull(branch.discardedAt)));
		for (const { id, summary } of rows) {
			if (id && summary) found.set(id, { parts: summary.parts, more: summary.more });
		}
	}
	return found;
}
