import { and, desc, eq } from 'drizzle-orm';
import { Conflict, Invalid } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { findManaged } from './documents.server.ts';
import type { Move } from './inputs.ts';
import type { LiveEngine } from './live/engine.server.ts';
import { document, stageMove, type DocumentRow } from './schema.server.ts';
import { mayMove, stageFacts } from './stages.ts';
import { keepVersion, standing, type Standing, type VersionLine } from './versions.server.ts';

const DAY = 86_400_000;

/** A past move, as the document's story tells it. */
export type MoveRow = typeof stageMove.$inferSelect;

/**
 * Counts, inside the move's transaction, what people said and nobody answered: published ones that wait,
 * and ones held for a moderator. Answers are given in `decisions`, which this area does not know.
 */
export type Unanswered = (tx: Db, documentId: string) => Promise<{ count: number; held: number }>;

/**
 * Moves a document to another stage. Where the stage asks for it, the text is frozen as a version in
 * the same transaction. `unanswered` is asked where the stage needs every contribution answered; a
 * caller that never moves a text there may leave it out.
 * Invalid `reason` or `closes` with `params.field`; Conflict `stage_moved` when that move is not open
 * from where the document stands now, `contributions_waiting` {count, held} while any waits.
 */
export async function moveStage(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	actor: Actor,
	documentId: string,
	input: Move,
	unanswered?: Unanswered
): Promise<DocumentRow> {
	const { document: from } = await findManaged(house, actor, documentId);
	const now = house.clock();
	if (!mayMove(from.stage, input.to)) throw new Conflict('stage_moved');
	const { needsReason, needsClosing, needsAnswers, freezes, writable } = stageFacts(input.to);
	if (needsAnswers && !unanswered) throw new Error('This move must ask what is unanswered.');
	if (needsReason && input.reason === '') throw new Invalid('reason', { field: 'reason' });
	const closesAt = needsClosing ? closing(input.closes, now) : from.closesAt;

	const by = actor.person!.id;
	const kept = { reason: input.reason, stage: input.to, by, at: now };
	const text = freezes ? await standing(live, documentId) : undefined;
	const moved = await house.store.transact(async (tx) => {
		const row = await change(tx, from, { stage: input.to, stageSince: now, closesAt });
		if (needsAnswers) await mustBeAnswered(tx, documentId, unanswered!);
		const version = text && (await keepVersion(tx, row, text, kept));
		await record(tx, from, input, version, by, now);
		return row;
	});
	house.bus.announce('document', { documentId });
	if (text && !writable) await keepLastWords(house, live, moved, text, kept);
	return moved;
}

async function mustBeAnswered(tx: Db, documentId: string, unanswered: Unanswered): Promise<void> {
	const { count, held } = await unanswered(tx, documentId);
	if (count + held > 0) throw new Conflict('contributions_waiting', { count, held });
}

/** The end of the last day of a consultation (UTC); it must lie ahead. */
function closing(day: string, now: number): number {
	if (day === '') throw new Invalid('closing_missing', { field: 'closes' });
	const end = Date.parse(day) + DAY;
	if (end <= now) throw new Invalid('closing_past', { field: 'closes' });
	if (end > now + 3 * 365 * DAY) throw new Invalid('closing_far', { field: 'closes' });
	return end;
}

/** Changes the row only if it still stands where the policy looked: two moves at once make one. */
async function change(
	tx: Db,
	from: DocumentRow,
	to: Pick<DocumentRow, 'stage' | 'stageSince' | 'closesAt'>
): Promise<DocumentRow> {
	const [row] = await tx
		.update(document)
		.set({ ...to, changedAt: to.stageSince })
		.where(and(eq(document.id, from.id), eq(document.stage, from.stage)))
		.returning();
	if (!row) throw new Conflict('stage_moved');
	return row;
}

async function record(
	tx: Db,
	from: DocumentRow,
	input: Move,
	version: VersionLine | undefined,
	by: string,
	now: number
): Promise<void> {
	const id = newId(now);
	await tx.insert(stageMove).values({
		id,
		documentId: from.id,
		from: from.stage,
		to: input.to,
		reason: input.reason,
		versionId: version?.id ?? null,
		movedBy: by,
		movedAt: now
	});
	await appendEvent(tx, {
		at: now,
		personId: by,
		verb: 'document.moved',
		targetType: 'document',
		targetId: from.id,
		documentId: from.id,
		detail: { from: from.stage, to: input.to, move: id }
	});
}

/**
 * Somebody's words may have been saved between our reading and the moment the stage closed. They were
 * acknowledged, so they are in the text; then the version that counts is one with them.
 */
async function keepLastWords(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	of: DocumentRow,
	before: Standing,
	kept: Parameters<typeof keepVersion>[3]
): Promise<void> {
	const after = await standing(live, of.id);
	if (after.hash === before.hash) return;
	await house.store.transact((tx) => keepVersion(tx, of, after, { ...kept, at: house.clock() }));
	house.bus.announce('document', { documentId: of.id });
}

/** The moves of a document, newest first. */
export async function listMoves(house: House, documentId: string): Promise<MoveRow[]> {
	return house.store.db
		.select()
		.from(stageMove)
		.where(eq(stageMove.documentId, documentId))
		.orderBy(desc(stageMove.movedAt), desc(stageMove.id));
}
