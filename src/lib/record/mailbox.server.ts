import { and, count, desc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { Conflict, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { requireAdmin } from '#lib/people/admins.server.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import type { MailShow } from './inputs.ts';
import { mail, type MailRow } from './schema.server.ts';

export const PAGE = 30;

export type MailState = Exclude<MailShow, 'all'>;

/** A letter in the administrator's list. */
export interface LetterLine {
	id: string;
	to: string;
	subject: string;
	createdAt: number;
	state: MailState;
}

const WHERE: Record<MailState, SQL | undefined> = {
	waiting: isNotNull(mail.nextAt),
	sent: isNotNull(mail.sentAt),
	caught: eq(mail.caught, true),
	given_up: and(isNull(mail.nextAt), isNull(mail.sentAt), eq(mail.caught, false))
};

/** A page of the letters of the house, latest first (N11). For administrators. @throws NotFound */
export async function listMail(
	house: House,
	actor: Actor,
	{ show, page }: { show: MailShow; page: number }
): Promise<{ letters: LetterLine[]; page: number; pages: number; sends: boolean }> {
	requireAdmin(actor);
	const { db } = house.store;
	const where = show === 'all' ? undefined : WHERE[show];
	const [counted] = await db.select({ total: count() }).from(mail).where(where);
	const pages = Math.max(1, Math.ceil((counted?.total ?? 0) / PAGE));
	const at = Math.min(Math.max(1, page), pages);
	const rows = await db
		.select()
		.from(mail)
		.where(where)
		.orderBy(desc(mail.createdAt), desc(mail.id))
		.limit(PAGE)
		.offset((at - 1) * PAGE);
	const letters = rows.map((row) => {
		const { id, to, subject, createdAt } = row;
		return { id, to, subject, createdAt, state: stateOf(row) };
	});
	return { letters, page: at, pages, sends: house.config.smtpUrl !== undefined };
}

function stateOf({ nextAt, sentAt, caught }: MailRow): MailState {
	if (sentAt !== null) return 'sent';
	if (caught) return 'caught';
	return nextAt === null ? 'given_up' : 'waiting';
}

/** One letter as it is kept. For administrators. @throws NotFound */
export async function readMail(
	house: House,
	actor: Actor,
	id: string
): Promise<MailRow & { state: MailState }> {
	requireAdmin(actor);
	const [row] = await house.store.db.select().from(mail).where(eq(mail.id, id));
	if (!row) throw new NotFound('letter_not_found');
	return { ...row, state: stateOf(row) };
}

/** Gives a letter that was given up all its attempts again. @throws NotFound, Conflict `not_given_up` */
export async function tryAgain(house: House, actor: Actor, id: string): Promise<void> {
	const { person } = requireAdmin(actor);
	await readMail(house, actor, id);
	const at = house.clock();
	await house.store.transact(async (tx) => {
		const [row] = await tx
			.update(mail)
			.set({ nextAt: at, attempts: 0 })
			.where(and(eq(mail.id, id), WHERE.given_up))
			.returning({ id: mail.id });
		if (!row) throw new Conflict('not_given_up');
		await appendEvent(tx, {
			at,
			personId: person.id,
			verb: 'mail.tried_again',
			targetType: 'mail',
			targetId: id
		});
	});
}
