import { and, eq, inArray, isNull } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { holdDocument } from '#lib/documents/hold.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { Closed, Conflict, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { documentOfTeam } from './answer.server.ts';
import type { Cite } from './kinds.ts';
import { mayUndo } from './policy.ts';
import { readReason } from './reason.ts';
import { announceAnswers, appendDecision, batches } from './record.server.ts';
import { decision, disposition, type DecisionRow } from './schema.server.ts';

export interface UndoInput {
	decisionId: string;
	reason: string;
	/** Of an answer to many: take back only what it says of these. All of it when left out. */
	only?: string[];
}

/**
 * Takes a decision back by a new one (A8). After an answer its contributions wait again; after an
 * acceptance the text is as it was before, but for what others wrote since, and its suggestions are
 * declined.
 * @throws Forbidden `not_policy_team`, NotFound `decision_not_found`, Invalid `reason_missing`, Closed
 * `answers_closed`, Conflict `already_undone`, `cannot_undo`
 */
export async function undoDecision(
	house: House,
	live: Pick<LiveEngine, 'revert'>,
	actor: Actor,
	documentId: string,
	input: UndoInput
): Promise<DecisionRow> {
	const { personId: by } = await documentOfTeam(house, actor, documentId);
	const reason = readReason(input.reason);
	const [former] = await house.store.db
		.select()
		.from(decision)
		.where(and(eq(decision.id, input.decisionId), eq(decision.documentId, documentId)));
	if (!former) throw new NotFound('decision_not_found');
	if (former.kind === 'undo') throw new Conflict('cannot_undo');
	const rows = former.cites.find((cite) => cite.type === 'rows');
	const at = house.clock();
	const id = newId(at);
	let made: { row: DecisionRow; ids: string[] } | undefined;
	const record = async (tx: Db, cites: Cite[]) => {
		made = await takeBack(tx, { id, former, actor, by, reason, at, cites, only: input.only });
	};
	if (rows) {
		await live.revert(documentId, {
			...{ from: rows.from, to: rows.to, personId: by, decisionId: id },
			record: (tx, written) => record(tx, [{ type: 'rows', ...written }])
		});
	} else await house.store.transact((tx) => record(tx, []));
	announceAnswers(house, documentId, made!.ids);
	return made!.row;
}

interface Taking {
	id: string;
	former: DecisionRow;
	actor: Actor;
	by: string;
	reason: string;
	at: number;
	/** The rows that brought the text back. */
	cites: Cite[];
	only?: string[];
}

async function takeBack(tx: Db, taking: Taking): Promise<{ row: DecisionRow; ids: string[] }> {
	const { id, former, actor, by, reason, at } = taking;
	const { documentId } = former;
	const document = await holdDocument(tx, documentId);
	if (!mayUndo(actor, document)) throw new Closed('answers_closed');
	const changedText = former.kind === 'accept';
	// What one acceptance wrote goes as a whole: its words stand on each other.
	const only = changedText ? undefined : taking.only;
	const ids = await end(tx, former.id, id, at, only);
	if (ids.length === 0) throw new Conflict('already_undone');
	const outcome = changedText ? ('declined' as const) : null;
	for (const some of batches(ids)) {
		await tx
			.update(contribution)
			.set({ outcome, answeredAt: outcome && at, changedAt: at })
			.where(inArray(contribution.id, some));
	}
	const whole = !only || (await isEnded(tx, former.id));
	const row = await appendDecision(
		tx,
		{
			...{ id, documentId, kind: 'undo' as const, reason, by, at },
			cites: [{ type: 'decision', id: former.id }, ...taking.cites],
			undoes: whole ? former.id : null
		},
		outcome ? ids.map((contributionId) => ({ contributionId, outcome })) : []
	);
	await appendEvent(tx, {
		at,
		personId: by,
		verb: 'decision.undone',
		targetType: 'decision',
		targetId: id,
		documentId,
		detail: { number: row.number, undoes: former.id, outcome, contributionIds: ids }
	});
	return { row, ids };
}

/** Ends what a decision says, of these contributions or of all, as far as it is in force. */
async function end(
	tx: Db,
	decisionId: string,
	endedBy: string,
	endedAt: number,
	only?: string[]
): Promise<string[]> {
	const ended: string[] = [];
	for (const some of only ? batches(only) : [undefined]) {
		const rows = await tx
			.update(disposition)
			.set({ endedBy, endedAt })
			.where(
				and(
					eq(disposition.decisionId, decisionId),
					isNull(disposition.endedAt),
					some && inArray(disposition.contributionId, some)
				)
			)
			.returning({ id: disposition.contributionId });
		ended.push(...rows.map((row) => row.id));
	}
	return ended;
}

/** Whether nothing of a decision is in force any more. */
async function isEnded(tx: Db, decisionId: string): Promise<boolean> {
	const [left] = await tx
		.select({ id: disposition.id })
		.from(disposition)
		.where(and(eq(disposition.decisionId, decisionId), isNull(disposition.endedAt)))
		.limit(1);
	return left === undefined;
}
