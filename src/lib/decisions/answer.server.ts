import { and, eq, inArray } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import { holdDocument } from '#lib/documents/hold.server.ts';
import { documentVersion, type DocumentRow } from '#lib/documents/schema.server.ts';
import { Forbidden, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { MOST_AT_ONCE, type Answer, type Cite } from './kinds.ts';
import { isAnswerable, mayAnswer } from './policy.ts';
import { readReason } from './reason.ts';
import { announceAnswers, batches, recordDecision } from './record.server.ts';
import { decision, type DecisionRow } from './schema.server.ts';

/** An answer to one contribution or many: one outcome, one reason. */
export interface AnswerInput {
	contributionIds: string[];
	outcome: Answer;
	reason: string;
	/** What it rests on: versions and decisions of the same document, other contributions to it. */
	cites?: Exclude<Cite, { type: 'rows' }>[];
}

/**
 * Answers contributions with one reason (A1–A5). A suggestion may be declined or noted this way; it is
 * accepted by `acceptTogether`.
 * @throws Forbidden `not_policy_team`, NotFound `contribution_not_found`, Invalid `reason_missing`,
 * `nothing_chosen`, `accept_changes_text`, Conflict `already_answered`
 */
export async function answer(
	house: House,
	actor: Actor,
	documentId: string,
	input: AnswerInput
): Promise<DecisionRow> {
	const by = (await documentOfTeam(house, actor, documentId)).personId;
	const reason = readReason(input.reason);
	const chosen = await chosenOn(house, documentId, input.contributionIds);
	const changesText = input.outcome === 'accepted' || input.outcome === 'partly';
	if (changesText && chosen.some(({ kind }) => kind === 'suggestion')) {
		throw new Invalid('accept_changes_text', { field: 'outcome' });
	}
	const cites = input.cites ?? [];
	await mustBeHere(house, documentId, cites);

	const at = house.clock();
	const verdicts = chosen.map(({ id }) => ({ contributionId: id, outcome: input.outcome }));
	const row = await house.store.transact(async (tx) => {
		await holdDocument(tx, documentId);
		return recordDecision(tx, { documentId, kind: 'answer', reason, by, at, cites }, verdicts);
	});
	announceAnswers(
		house,
		documentId,
		chosen.map(({ id }) => id)
	);
	return row;
}

/** The document, if this person decides on it (A1). */
export async function documentOfTeam(
	house: House,
	actor: Actor,
	documentId: string
): Promise<{ document: DocumentRow; personId: string }> {
	const { document } = await readDocument(house, actor, documentId);
	if (!actor.person || !mayAnswer(actor, document)) throw new Forbidden('not_policy_team');
	return { document, personId: actor.person.id };
}

export type Chosen = Pick<
	typeof contribution.$inferSelect,
	'id' | 'kind' | 'personId' | 'status' | 'parentId' | 'outcome'
>;

/**
 * The contributions chosen for a decision, each once, as they stand now. Whether they still wait is
 * settled in the transaction.
 */
export async function chosenOn(house: House, documentId: string, ids: string[]): Promise<Chosen[]> {
	const wanted = [...new Set(ids)];
	if (wanted.length === 0) throw new Invalid('nothing_chosen');
	if (wanted.length > MOST_AT_ONCE) throw new Invalid('too_many_chosen', { limit: MOST_AT_ONCE });
	const found: Chosen[] = [];
	for (const some of batches(wanted)) {
		const rows = await house.store.db
			.select({
				id: contribution.id,
				kind: contribution.kind,
				personId: contribution.personId,
				status: contribution.status,
				parentId: contribution.parentId,
				outcome: contribution.outcome
			})
			.from(contribution)
			.where(and(inArray(contribution.id, some), eq(contribution.documentId, documentId)));
		found.push(...rows);
	}
	if (found.length < wanted.length || !found.every(isAnswerable)) {
		throw new NotFound('contribution_not_found');
	}
	return found;
}

/** What a decision cites must belong to its document. */
async function mustBeHere(house: House, documentId: string, cites: Cite[]): Promise<void> {
	const idsOf = (type: 'contribution' | 'version' | 'decision') => [
		...new Set(cites.flatMap((cite) => (cite.type === type ? [cite.id] : [])))
	];
	const { db } = house.store;
	const known = [
		[idsOf('version'), documentVersion],
		[idsOf('decision'), decision],
		[idsOf('contribution'), contribution]
	] as const;
	for (const [ids, where] of known) {
		if (ids.length === 0) continue;
		const rows = await db
			.select({ id: where.id })
			.from(where)
			.where(and(inArray(where.id, ids), eq(where.documentId, documentId)));
		if (rows.length < ids.length) throw new NotFound('cite_not_found');
	}
}
