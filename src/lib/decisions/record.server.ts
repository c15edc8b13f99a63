import { and, eq, inArray, isNull, max } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { Conflict } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { decisionHash, NO_HASH, wordsHash } from './chain.server.ts';
import type { Cite, DecisionKind, Verdict } from './kinds.ts';
import { decision, disposition, type DecisionRow } from './schema.server.ts';

/** A decision before the house adds its number and its place in the chain. */
export interface Draft {
	/** Given before the transaction where rows of the log name it. */
	id?: string;
	documentId: string;
	kind: DecisionKind;
	reason: string;
	by: string;
	at: number;
	cites: Cite[];
	undoes?: string | null;
}

/** How many ids one statement names. */
export const IDS_AT_ONCE = 500;

/**
 * Writes a decision on contributions that wait, with all that belongs to it (A3). Call it with the
 * document held.
 * @throws Conflict `already_answered` {count, ids} when any of them waits no more (A4)
 */
export async function recordDecision(
	tx: Db,
	draft: Draft,
	verdicts: readonly Verdict[]
): Promise<DecisionRow> {
	await claim(tx, draft, verdicts);
	const row = await appendDecision(tx, draft, verdicts);
	for (const [outcome, contributionIds] of byOutcome(verdicts)) {
		await appendEvent(tx, {
			at: draft.at,
			personId: draft.by,
			verb: 'decision.made',
			targetType: 'decision',
			targetId: row.id,
			documentId: draft.documentId,
			detail: { number: row.number, kind: row.kind, outcome, contributionIds }
		});
	}
	return row;
}

/** Takes the contributions for this decision: only those that wait can be taken, and only once. */
async function claim(tx: Db, draft: Draft, verdicts: readonly Verdict[]): Promise<void> {
	const taken = new Set<string>();
	for (const [outcome, ids] of byOutcome(verdicts)) {
		for (const some of batches(ids)) {
			const rows = await tx
				.update(contribution)
				.set({ outcome, answeredAt: draft.at, changedAt: draft.at })
				.where(
					and(
						inArray(contribution.id, some),
						eq(contribution.documentId, draft.documentId),
						eq(contribution.status, 'published'),
						isNull(contribution.parentId),
						isNull(contribution.outcome)
					)
				)
				.returning({ id: contribution.id });
			for (const { id } of rows) taken.add(id);
		}
	}
	const missed = verdicts.map((one) => one.contributionId).filter((id) => !taken.has(id));
	if (missed.length > 0) throw alreadyAnswered(missed);
}

/** Which ones were taken meanwhile: the first few by id, all by number. */
export function alreadyAnswered(ids: readonly string[]): Conflict {
	return new Conflict('already_answered', { count: ids.length, ids: ids.slice(0, 50).join(' ') });
}

/** Writes the decision under its number, chained to the one before, with its dispositions (A2). */
export async function appendDecision(
	tx: Db,
	draft: Draft,
	verdicts: readonly Verdict[]
): Promise<DecisionRow> {
	const { documentId, kind, reason, cites, at, by, undoes = null } = draft;
	const { number, prevHash } = await endOfChain(tx, documentId);
	const facts = {
		...{ documentId, kind, cites, at, undoes, prevHash, number },
		decidedBy: by,
		reasonHash: wordsHash(reason)
	};
	const row: DecisionRow = {
		...facts,
		id: draft.id ?? newId(at),
		reason,
		hash: decisionHash(facts, verdicts)
	};
	await tx.insert(decision).values(row);
	for (const some of batches(verdicts)) {
		await tx.insert(disposition).values(
			some.map((verdict) => ({
				...verdict,
				id: newId(at),
				decisionId: row.id,
				endedBy: null,
				endedAt: null
			}))
		);
	}
	return row;
}

async function endOfChain(
	tx: Db,
	documentId: string
): Promise<{ number: number; prevHash: string }> {
	const [last] = await tx
		.select({ number: max(decision.number) })
		.from(decision)
		.where(eq(decision.documentId, documentId));
	if (!last?.number) return { number: 1, prevHash: NO_HASH };
	const [row] = await tx
		.select({ hash: decision.hash })
		.from(decision)
		.where(and(eq(decision.documentId, documentId), eq(decision.number, last.number)));
	return { number: last.number + 1, prevHash: row!.hash };
}

/** A list cut into what one statement may name. */
export function batches<T>(all: readonly T[]): T[][] {
	const cut: T[][] = [];
	for (let at = 0; at < all.length; at += IDS_AT_ONCE) cut.push(all.slice(at, at + IDS_AT_ONCE));
	return cut;
}

function byOutcome(verdicts: readonly Verdict[]): Map<Verdict['outcome'], string[]> {
	const groups = new Map<Verdict['outcome'], string[]>();
	for (const { outcome, contributionId } of verdicts) {
		groups.set(outcome, [...(groups.get(outcome) ?? []), contributionId]);
	}
	return groups;
}

/** Tells open pages of the document; called after the commit. One word is enough: they ask for the rest. */
export function announceAnswers(house: House, documentId: string, ids: readonly string[]): void {
	const [contributionId] = ids;
	if (contributionId) house.bus.announce('contribution', { documentId, contributionId });
}
