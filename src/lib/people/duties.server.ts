import { and, eq } from 'drizzle-orm';
import { Invalid } from '#lib/errors.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { Actor, Duty } from './actor.ts';
import { findPerson, keepAnAdmin, lockAdmins, requireAdmin } from './admins.server.ts';
import { duty } from './schema.server.ts';

/** Gives somebody a duty; giving it twice changes nothing. For administrators. */
export async function grantDuty(
	house: House,
	actor: Actor,
	personId: string,
	given: Duty
): Promise<void> {
	const admin = requireAdmin(actor);
	await house.store.transact(async (tx) => {
		await findPerson(tx, personId);
		await addDuty(tx, { personId, duty: given, by: admin.person.id, at: house.clock() });
	});
	announceDuty(house, personId, given);
}

/** Takes a duty away. The last administrator keeps theirs (P11). For administrators. */
export async function withdrawDuty(
	house: House,
	actor: Actor,
	personId: string,
	taken: Duty
): Promise<void> {
	const admin = requireAdmin(actor);
	await house.store.transact(async (tx) => {
		if (taken.kind === 'admin') {
			await lockAdmins(tx, house.clock());
			await keepAnAdmin(tx, personId);
		}
		await removeDuty(tx, { personId, duty: taken, by: admin.person.id, at: house.clock() });
	});
	announceDuty(house, personId, taken);
}

/** What the two below need: who gets or loses which duty, from whom (null: the house itself), when. */
export interface DutyChange {
	personId: string;
	duty: Duty;
	by: string | null;
	at: number;
}

/**
 * Gives a duty inside another use-case's transaction (who makes a document is on its policy team).
 * The caller has decided that it may, and announces `rights` after the commit.
 */
export async function addDuty(tx: Db, change: DutyChange): Promise<void> {
	const { kind, scopeType } = change.duty;
	const scopeId = scopeOf(change.duty);
	const [row] = await tx
		.insert(duty)
		.values({
			id: newId(change.at),
			personId: change.personId,
			kind,
			scopeType,
			scopeId,
			grantedAt: change.at,
			grantedBy: change.by
		})
		.onConflictDoNothing()
		.returning({ id: duty.id });
	if (row) await record(tx, 'duty.granted', change);
}

/** Takes a duty away inside another use-case's transaction; see `addDuty`. */
export async function removeDuty(tx: Db, change: DutyChange): Promise<void> {
	const rows = await tx
		.delete(duty)
		.where(
			and(
				eq(duty.personId, change.personId),
				eq(duty.kind, change.duty.kind),
				eq(duty.scopeType, change.duty.scopeType),
				eq(duty.scopeId, scopeOf(change.duty))
			)
		)
		.returning({ id: duty.id });
	if (rows.length > 0) await record(tx, 'duty.withdrawn', change);
}

function record(tx: Db, verb: string, { personId, duty: held, by, at }: DutyChange) {
	return appendEvent(tx, {
		at,
		personId: by,
		verb,
		targetType: 'person',
		targetId: personId,
		documentId: held.scopeType === 'document' ? held.scopeId : null,
		detail: { duty: held.kind, scope: held.scopeType }
	});
}

/** P8: administrators and innovation leads serve the whole house. */
function scopeOf({ kind, scopeType, scopeId }: Duty): string {
	if (scopeType === 'house') return '';
	if (!scopeId || kind === 'admin' || kind === 'innovation_lead') throw new Invalid('duty_scope');
	return scopeId;
}

function announceDuty(house: House, personId: string, { scopeId }: Duty): void {
	house.bus.announce('rights', scopeId ? { personId, documentId: scopeId } : { personId });
}
