import { partiesOf } from '#lib/challenges/parties.server.ts';
import { announce } from '#lib/contributions/contribute.server.ts';
import { mayModerate } from '#lib/contributions/policy.ts';
import type { ContributionRow } from '#lib/contributions/schema.server.ts';
import { changeStanding, contributionById } from '#lib/contributions/standing.server.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { Decision } from './inputs.ts';
import { mayDecide } from './policy.ts';
import { hiding, publication } from './schema.server.ts';

export const REASON_MAX = 2_000;

/** Lets a held contribution appear, or a hidden one again. */
export async function publishContribution(
	house: House,
	actor: Actor,
	{ id, reason = '' }: Decision
): Promise<void> {
	const row = await decidable(house, actor, id);
	if (row.status !== 'held' && row.status !== 'hidden') throw new Conflict('already_decided');
	const from = row.status;
	const by = actor.person!.id;
	const at = house.clock();
	const words = readReason(reason);
	await house.store.transact(async (tx) => {
		await changeStanding(tx, row, 'published', { by, at, reason: words });
		await tx
			.insert(publication)
			.values({ id: newId(at), contributionId: id, from, publishedBy: by, at, reason: words });
		await appendEvent(tx, told(row, by, at, 'contribution.published'));
	});
	announce(house, row);
}

/** Takes a contribution out of sight. The reason is compulsory (M3). */
export async function hideContribution(
	house: House,
	actor: Actor,
	{ id, reason = '' }: Decision
): Promise<void> {
	const row = await decidable(house, actor, id);
	if (row.status !== 'held' && row.status !== 'published') throw new Conflict('already_decided');
	const from = row.status;
	const by = actor.person!.id;
	const at = house.clock();
	const words = readReason(reason);
	if (words === '') throw new Invalid('reason_missing', { field: 'reason' });
	await house.store.transact(async (tx) => {
		await changeStanding(tx, row, 'hidden', { by, at, reason: words });
		await tx
			.insert(hiding)
			.values({ id: newId(at), contributionId: id, from, hiddenBy: by, at, reason: words });
		await appendEvent(tx, told(row, by, at, 'contribution.hidden'));
	});
	announce(house, row);
}

/** The contribution, if this moderator may decide on it (M1, M2). */
async function decidable(house: House, actor: Actor, id: string): Promise<ContributionRow> {
	const row = await contributionById(house, id);
	if (!row?.documentId || !mayModerate(actor, row)) throw new NotFound('contribution_not_found');
	const parties = await partiesOf(house.store.db, 'document', row.documentId);
	if (!mayDecide(actor, row, parties)) throw new Forbidden('own_content');
	return row;
}

function readReason(raw: string): string {
	const reason = raw
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/(?!\n)\p{Cc}/gu, '')
		.trim();
	if (reason.length > REASON_MAX) {
		throw new Invalid('reason_too_long', { field: 'reason', limit: REASON_MAX });
	}
	return reason;
}

function told(row: ContributionRow, personId: string, at: number, verb: string) {
	const { id: targetId, documentId, status: from } = row;
	return { at, personId, verb, targetType: 'contribution', targetId, documentId, detail: { from } };
}
