import { isDeepStrictEqual } from 'node:util';
import { and, count, eq, gt, inArray } from 'drizzle-orm';
import { Closed, Conflict, NotFound, TooMany } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { announce, touch } from './contribute.server.ts';
import type { DetailFields } from './details.ts';
import { letGo } from './merge.server.ts';
import { isAuthor, mayEdit, mayWithdraw } from './policy.ts';
import { readDetailAgain } from './said.server.ts';
import { sceneOf, signedIn, type Scene } from './scene.server.ts';
import {
	contribution,
	contributionEdit,
	withdrawal,
	type ContributionRow
} from './schema.server.ts';
import { keepSearchable } from './searchable.server.ts';
import { readWords } from './words.ts';

const EDITS_A_MINUTE = 20;

/**
 * Changes the words of one's own contribution, and what its kind asks for besides (C13); what it said
 * before is kept for moderators (C3). Fields that are left out stay as they are.
 */
export async function editContribution(
	house: House,
	actor: Actor,
	input: { id: string; body: string } & DetailFields
): Promise<ContributionRow> {
	const author = signedIn(actor);
	const { row, document } = await mine(house, actor, input.id);
	const now = house.clock();
	if (!mayEdit(actor, row, document, now)) throw new Closed('document_closed');
	const body = readWords(input.body);
	const detail = await readDetailAgain(house, author, row, input);
	if (body === row.body && isDeepStrictEqual(detail, row.detail)) return row;
	const changed = await house.store.transact(async (tx) => {
		await keepPace(tx, row.personId, now);
		const [changed] = await tx
			.update(contribution)
			.set({ body, detail, editedAt: now, changedAt: now })
			.where(and(eq(contribution.id, row.id), standing()))
			.returning();
		if (!changed) throw new Conflict('contribution_moved_on');
		await tx.insert(contributionEdit).values({
			id: newId(now),
			contributionId: row.id,
			personId: row.personId,
			body: row.body,
			detail: row.detail,
			at: now
		});
		await keepSearchable(tx, changed);
		await record(tx, row, 'contribution.edited', now);
		return changed;
	});
	announce(house, row);
	return changed;
}

/** Takes one's own words back (C4). Doing it twice is no error. */
export async function withdrawContribution(house: House, actor: Actor, id: string): Promise<void> {
	const { row } = await mine(house, actor, id);
	if (row.status === 'withdrawn') return;
	if (!mayWithdraw(actor, row)) throw new Conflict('contribution_moved_on');
	const now = house.clock();
	await house.store.transact(async (tx) => {
		const [changed] = await tx
			.update(contribution)
			.set({ status: 'withdrawn', changedAt: now })
			.where(and(eq(contribution.id, row.id), standing()))
			.returning({ id: contribution.id });
		if (!changed) return;
		await tx
			.insert(withdrawal)
			.values({ id: newId(now), contributionId: row.id, personId: row.personId, at: now });
		await keepSearchable(tx, { ...row, status: 'withdrawn' });
		await letGo(tx, row.id, row.personId, now);
		await record(tx, row, 'contribution.withdrawn', now);
	});
	announce(house, row);
}

/** One's own contribution; anybody else's is not there (C3). */
async function mine(house: House, actor: Actor, id: string): Promise<Scene> {
	signedIn(actor);
	const scene = await sceneOf(house, actor, id);
	if (!isAuthor(actor, scene.row)) throw new NotFound('contribution_not_found');
	return scene;
}

function standing() {
	return inArray(contribution.status, ['held', 'published']);
}

async function record(tx: Db, row: ContributionRow, verb: string, at: number): Promise<void> {
	if (row.parentId) await touch(tx, row.parentId, at);
	await appendEvent(tx, {
		at,
		personId: row.personId,
		verb,
		targetType: 'contribution',
		targetId: row.id,
		documentId: row.documentId
	});
}

async function keepPace(tx: Db, personId: string, now: number): Promise<void> {
	const [row] = await tx
		.select({ made: count() })
		.from(contributionEdit)
		.where(and(eq(contributionEdit.personId, personId), gt(contributionEdit.at, now - 60_000)));
	if (row && row.made >= EDITS_A_MINUTE) {
		throw new TooMany('too_many_remarks', { seconds: 60, limit: EDITS_A_MINUTE });
	}
}
