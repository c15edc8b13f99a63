import { and, count, eq, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { signedIn } from '#lib/contributions/scene.server.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import { Forbidden, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { mayModerateConditions, mayReadAllConditions } from './policy.ts';
import type { ConditionView, Rated } from './ratings.ts';
import { rating } from './schema.server.ts';

/** How many conditions of one thing are listed. */
const MOST = 20;

/** Under which conditions people support a thing, most people first, as this reader may see them (B6). */
export async function conditionsOn(
	house: House,
	actor: Actor,
	documentId: string,
	{ type, id }: Rated
): Promise<ConditionView[]> {
	const shown = or(isNotNull(rating.conditionId), isNotNull(rating.conditionShownAt));
	const rows = await house.store.db
		.select({
			words: rating.condition,
			suggestionId: rating.conditionId,
			unshown: sql<number>`case when ${rating.condition} is not null and ${rating.conditionShownAt} is null then 1 else 0 end`,
			people: count()
		})
		.from(rating)
		.where(
			and(
				eq(rating.documentId, documentId),
				eq(rating.targetType, type),
				eq(rating.targetId, id),
				or(isNotNull(rating.condition), isNotNull(rating.conditionId)),
				mayReadAllConditions(actor, documentId) ? undefined : shown
			)
		)
		.groupBy(
			rating.condition,
			rating.conditionId,
			sql`case when ${rating.condition} is not null and ${rating.conditionShownAt} is null then 1 else 0 end`
		);
	const names = await suggestionWords(house, documentId);
	return rows
		.sort((a, b) => b.people - a.people)
		.slice(0, MOST)
		.flatMap(({ words, suggestionId, unshown, people }) => {
			const named = suggestionId === null ? null : names.get(suggestionId);
			if (words === null && !named) return [];
			const suggestion = named ? { id: suggestionId!, words: named } : null;
			return [{ words, suggestion, people, unshown: Number(unshown) === 1 }];
		});
}

/** The suggestions on a document that support can wait for, newest first, with what they change. */
export async function suggestionsToWaitFor(
	house: House,
	documentId: string
): Promise<Array<{ id: string; words: string }>> {
	return [...(await suggestionWords(house, documentId, true))].map(([id, words]) => ({
		id,
		words
	}));
}

async function suggestionWords(
	house: House,
	documentId: string,
	waiting = false
): Promise<Map<string, string>> {
	const rows = await house.store.db
		.select({ id: contribution.id, body: contribution.body, summary: branch.summary })
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(
			and(
				eq(contribution.documentId, documentId),
				eq(contribution.kind, 'suggestion'),
				eq(contribution.status, 'published'),
				waiting ? isNull(contribution.outcome) : undefined
			)
		);
	const newest = rows.sort((a, b) => (a.id < b.id ? 1 : -1));
	return new Map(newest.map(({ id, body, summary }) => [id, summary?.text || body]));
}

/** A moderator lets everybody read a condition in free words, or no longer; hiding needs a reason (B6). */
export async function moderateCondition(
	house: House,
	actor: Actor,
	documentId: string,
	input: Rated & { words: string; show: boolean; reason: string }
): Promise<void> {
	const { person } = signedIn(actor);
	await readDocument(house, actor, documentId);
	if (!mayModerateConditions(actor, documentId)) throw new NotFound('condition_not_found');
	const reason = input.reason.trim();
	if (!input.show && reason === '') throw new Invalid('reason_missing', { field: 'reason' });
	const at = house.clock();
	const these = and(
		eq(rating.documentId, documentId),
		eq(rating.targetType, input.type),
		eq(rating.targetId, input.id),
		eq(rating.condition, input.words)
	);
	await house.store.transact(async (tx) => {
		const rows = await tx.select({ personId: rating.personId }).from(rating).where(these);
		if (rows.length === 0) throw new NotFound('condition_not_found');
		if (rows.some((row) => row.personId === person.id)) throw new Forbidden('own_content');
		await tx
			.update(rating)
			.set({ conditionShownAt: input.show ? at : null })
			.where(these);
		await appendEvent(tx, {
			at,
			personId: person.id,
			verb: input.show ? 'condition.shown' : 'condition.hidden',
			targetType: input.type,
			targetId: input.id,
			documentId,
			detail: { people: rows.length, reason }
		});
	});
	house.bus.announce('support', { documentId, type: input.type, id: input.id });
}
