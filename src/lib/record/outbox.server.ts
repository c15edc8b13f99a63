import { and, asc, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { secretHash } from '#lib/people/secrets.server.ts';
import { publicAddress } from '#lib/server/config.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { newSecret } from '#lib/server/ids.ts';
import { NotTaken, type Carrier } from '#lib/server/mail.ts';
import { unsubscribePath } from './letters.server.ts';
import { mail, mailToken, type MailRow } from './schema.server.ts';

const MINUTE = 60_000;
/** Who claimed a letter has this long to hand it over; the carrier gives up long before. */
const CLAIM_MS = 10 * MINUTE;
/** How long until the next attempt, after so many; after the last of them the letter is given up. */
export const PAUSES = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * MINUTE);
const AT_ONCE = 20;
const MOST_NOTES = 5;

/** What became of the letters that were due. */
export interface Delivered {
	sent: number;
	caught: number;
	failed: number;
}

/**
 * Sends the letters that are due, each once (N9): a letter is claimed before it is handed over, and
 * only one process can. Without a mail server they are caught: kept, to be looked at.
 */
export async function deliverLetters(house: House, carrier: Carrier | null): Promise<Delivered> {
	const done: Delivered = { sent: 0, caught: 0, failed: 0 };
	if (!carrier) return { ...done, caught: await catchLetters(house) };
	for (;;) {
		const due = await house.store.db
			.select({ id: mail.id, nextAt: mail.nextAt })
			.from(mail)
			.where(lte(mail.nextAt, house.clock()))
			.orderBy(asc(mail.nextAt), asc(mail.id))
			.limit(AT_ONCE);
		for (const { id, nextAt } of due) {
			const claimed = await claim(house, id, nextAt!);
			if (!claimed) continue;
			const went = await handOver(house, carrier, claimed);
			done[went === 'sent' ? 'sent' : 'failed'] += 1;
			// No letter gets through: the others keep their turn.
			if (went === 'server') return done;
		}
		if (due.length < AT_ONCE) return done;
	}
}

async function catchLetters(house: House): Promise<number> {
	const rows = await house.store.transact((tx) =>
		tx
			.update(mail)
			.set({ caught: true, nextAt: null })
			.where(and(isNotNull(mail.nextAt), lte(mail.nextAt, house.clock())))
			.returning({ id: mail.id })
	);
	return rows.length;
}

/** A letter that this process alone may hand over, with the secret for its links. */
interface Claimed {
	row: MailRow;
	until: number;
	secret: string;
}

/** Takes a letter if it still waits as it was read: of two who try, one writes the row. */
async function claim(house: House, id: string, seen: number): Promise<Claimed | null> {
	const now = house.clock();
	const until = now + CLAIM_MS;
	const secret = newSecret();
	return house.store.transact(async (tx) => {
		const [row] = await tx
			.update(mail)
			.set({ nextAt: until, attempts: sql`${mail.attempts} + 1` })
			.where(and(eq(mail.id, id), eq(mail.nextAt, seen)))
			.returning();
		if (!row) return null;
		if (row.personId) await keepToken(tx, row.id, row.personId, secret, now);
		return { row, until, secret };
	});
}

/** The database knows a link by its hash, for one purpose; that of an earlier attempt ends. */
async function keepToken(
	tx: Db,
	mailId: string,
	personId: string,
	secret: string,
	createdAt: number
): Promise<void> {
	await tx.delete(mailToken).where(eq(mailToken.mailId, mailId));
	await tx
		.insert(mailToken)
		.values({ id: secretHash(secret), purpose: 'unsubscribe', personId, mailId, createdAt });
}

async function handOver(
	house: House,
	carrier: Carrier,
	{ row, until, secret }: Claimed
): Promise<'sent' | NotTaken['what']> {
	const { id, to, subject, headers } = row;
	const signed = (text: string) => text.replaceAll(unsubscribePath(id), unsubscribePath(secret));
	const { hostname } = new URL(publicAddress(house.config));
	try {
		await carrier.send({
			messageId: `<${id}@${hostname}>`,
			...{ to, subject },
			text: signed(row.text),
			html: signed(row.html),
			headers: Object.fromEntries(Object.entries(headers).map(([name, one]) => [name, signed(one)]))
		});
	} catch (error) {
		const { what, message } =
			error instanceof NotTaken ? error : new NotTaken('server', String(error));
		const nextAt = nextAttempt(house, row, what);
		const facts = { mail: id, what, said: message };
		if (nextAt !== null) house.log.warn(facts, 'letter was not taken');
		else house.log.error({ ...facts, alarm: 'letter_given_up' }, 'letter was given up');
		await note(house, id, until, { nextAt, error: message });
		return what;
	}
	// What went out is not kept: only that it did.
	const sentAt = house.clock();
	await note(house, id, until, { sentAt, nextAt: null, text: '', html: '', error: null });
	return 'sent';
}

/** When to try again; null: given up. */
function nextAttempt(house: House, { attempts }: MailRow, what: NotTaken['what']): number | null {
	const pause = PAUSES[attempts - 1];
	if (what === 'letter' || pause === undefined) return null;
	// Spread, so that letters which failed together do not come back together.
	return house.clock() + Math.round(pause * (1 + Math.random() / 5));
}

/** Written again at once where the database does not answer: forgetting would send it twice. */
async function note(house: House, id: string, until: number, what: Partial<MailRow>) {
	for (let tries = 1; ; tries += 1) {
		try {
			return await house.store.transact(async (tx) => {
				await tx
					.update(mail)
					.set(what)
					.where(and(eq(mail.id, id), eq(mail.nextAt, until)));
			});
		} catch (error) {
			if (tries >= MOST_NOTES) throw error;
		}
	}
}
