import { and, eq, isNull } from 'drizzle-orm';
import { readDocument } from '#lib/documents/documents.server.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import { Closed, Conflict, Forbidden, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { announce, touch } from './contribute.server.ts';
import { mayMerge } from './policy.ts';
import { signedIn } from './scene.server.ts';
import { contribution, merger, type ContributionRow } from './schema.server.ts';

/**
 * Says that one contribution says the same as another, which from then on speaks for both (C15). Both
 * authors keep the credit; what was merged into the first one goes along.
 */
export async function mergeContributions(
	house: House,
	actor: Actor,
	documentId: string,
	{ id, into }: { id: string; into: string }
): Promise<void> {
	const by = await mergingBy(house, actor, documentId);
	if (id === into) throw new Invalid('merge_itself', { field: 'into' });
	const at = house.clock();
	const rows = await house.store.transact(async (tx) => {
		const [one, other] = [await headOn(tx, documentId, id), await headOn(tx, documentId, into)];
		if ((one.kind === 'suggestion') !== (other.kind === 'suggestion')) {
			throw new Invalid('merge_unlike', { field: 'into' });
		}
		if (other.mergedInto !== null) throw new Conflict('merge_into_merged');
		if (one.mergedInto === into) return [];
		const followers = await mergedInto(tx, id);
		for (const row of [one, ...followers]) {
			await endMerger(tx, row.id, by, at);
			const [changed] = await tx
				.update(contribution)
				.set({ mergedInto: into, outcome: 'merged', answeredAt: at, changedAt: at })
				.where(and(eq(contribution.id, row.id), stillAs(row)))
				.returning({ id: contribution.id });
			if (!changed) throw new Conflict('already_answered', { count: 1 });
			await tx
				.insert(merger)
				.values({ id: newId(at), contributionId: row.id, intoId: into, mergedBy: by, at });
			await record(tx, row, 'contribution.merged', by, at, into);
		}
		await touch(tx, into, at);
		return [one, ...followers, other];
	});
	for (const row of rows) announce(house, row);
}

/** Takes a merging back: the contribution speaks for itself again, and waits for its own answer (C15). */
export async function unmergeContribution(
	house: House,
	actor: Actor,
	documentId: string,
	id: string
): Promise<void> {
	const by = await mergingBy(house, actor, documentId);
	const at = house.clock();
	const row = await house.store.transact(async (tx) => {
		const row = await headOn(tx, documentId, id);
		if (row.mergedInto === null) return null;
		await speakForItself(tx, row, by, at);
		return row;
	});
	if (!row) return;
	announce(house, row);
	announce(house, { id: row.mergedInto!, documentId });
}

/**
 * What was merged into a contribution that is gone speaks for itself again: nobody's words go with
 * somebody else's. Inside the transaction that takes it away.
 */
export async function letGo(tx: Db, id: string, by: string, at: number): Promise<void> {
	for (const row of await mergedInto(tx, id)) await speakForItself(tx, row, by, at);
}

async function speakForItself(tx: Db, row: ContributionRow, by: string, at: number): Promise<void> {
	await endMerger(tx, row.id, by, at);
	await tx
		.update(contribution)
		.set({ mergedInto: null, outcome: null, answeredAt: null, changedAt: at })
		.where(eq(contribution.id, row.id));
	await touch(tx, row.mergedInto!, at);
	await record(tx, row, 'contribution.unmerged', by, at, row.mergedInto!);
}

async function mergingBy(house: House, actor: Actor, documentId: string): Promise<string> {
	const { person } = signedIn(actor);
	const { document } = await readDocument(house, actor, documentId);
	if (!mayMerge(actor, documentId)) throw new Forbidden('merge_not_yours');
	if (!stageFacts(document.stage).writable) throw new Closed('document_closed');
	return person.id;
}

async function headOn(tx: Db, documentId: string, id: string): Promise<ContributionRow> {
	const [row] = await tx
		.select()
		.from(contribution)
		.where(and(eq(contribution.id, id), eq(contribution.documentId, documentId)));
	if (!row || row.parentId !== null || row.status !== 'published') {
		throw new NotFound('contribution_not_found', { field: 'into' });
	}
	return row;
}

function mergedInto(tx: Db, id: string): Promise<ContributionRow[]> {
	return tx.select().from(contribution).where(eq(contribution.mergedInto, id));
}

/** Waiting, or merged as it was seen: what was answered meanwhile stays answered. */
function stillAs(row: ContributionRow) {
	return row.mergedInto === null
		? isNull(contribution.outcome)
		: eq(contribution.mergedInto, row.mergedInto);
}

async function endMerger(tx: Db, id: string, by: string, at: number): Promise<void> {
	await tx
		.update(merger)
		.set({ endedBy: by, endedAt: at })
		.where(and(eq(merger.contributionId, id), isNull(merger.endedAt)));
}

async function record(
	tx: Db,
	row: ContributionRow,
	verb: string,
	personId: string,
	at: number,
	intoId: string
): Promise<void> {
	await appendEvent(tx, {
		at,
		personId,
		verb,
		targetType: 'contribution',
		targetId: row.id,
		documentId: row.documentId,
		detail: { intoId }
	});
}
