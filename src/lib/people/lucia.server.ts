/**
 * The only module that imports Lucia. Lucia keeps the sessions; the token, its hash, the absolute end
 * and the clock are ours. Lucia reads the machine's clock and the house has its own, so the adapter
 * shifts every time between the two.
 */
import { and, eq, lte, ne } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { newSecret } from '#lib/server/ids.ts';
import { person, session } from './schema.server.ts';
import { secretHash } from './secrets.server.ts';
import type { Session, Sessions } from './sessions.ts';

type Attributes = Omit<Session, 'id' | 'personId'>;

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<Attributes>;
		DatabaseSessionAttributes: Attributes;
	}
}

const DAY = 86_400_000;
/** A session's last use is written down this often at most: not every request is a write. */
const SEEN_EVERY = 5 * 60_000;

/** Whether a session lives and its use need not be written down yet: reading it needs no more than its row. */
export function isFresh(
	house: House,
	{ expiresAt, lastSeenAt }: Pick<typeof session.$inferSelect, 'expiresAt' | 'lastSeenAt'>
): boolean {
	const now = house.clock();
	return now < expiresAt && now - lastSeenAt < SEEN_EVERY;
}

/** Sessions kept by Lucia in the house's store. */
export function luciaSessions(house: House): Sessions {
	const idle = house.config.sessionIdleDays * DAY;
	/** Lucia over the caller's transaction, or over the store with transactions of its own. */
	const lucia = (tx?: Db) =>
		new Lucia(adapter(house, tx), {
			sessionExpiresIn: new TimeSpan(idle, 'ms'),
			getSessionAttributes: (attributes): Attributes => attributes
		});

	const self: Sessions = {
		async create(tx, personId, device) {
			const token = newSecret();
			const attributes = { device, createdAt: house.clock(), lastSeenAt: house.clock() };
			const sessionId = secretHash(token);
			const made = await lucia(tx).createSession(personId, attributes, { sessionId });
			return { token, session: ours(made) };
		},

		async validate(token) {
			const { session: found } = await lucia().validateSession(secretHash(token));
			if (!found) return null;
			if (house.clock() - found.lastSeenAt >= SEEN_EVERY) {
				await adapter(house).updateSessionExpiration(found.id, new Date(Date.now() + idle));
			}
			return ours(found);
		},

		async rotate(tx, sessionId) {
			const { session: found } = await lucia(tx).validateSession(sessionId);
			if (!found) return null;
			await lucia(tx).invalidateSession(sessionId);
			return self.create(tx, found.userId, found.device);
		},

		async revoke(tx, sessionId) {
			const rows = await tx.select().from(session).where(eq(session.id, sessionId));
			await lucia(tx).invalidateSession(sessionId);
			return rows.length > 0;
		},

		async revokeAll(tx, personId, keep = '') {
			const rows = await tx
				.select({ id: session.id })
				.from(session)
				.where(and(eq(session.personId, personId), ne(session.id, keep)));
			for (const { id } of rows) await lucia(tx).invalidateSession(id);
			return rows.map(({ id }) => id);
		},

		async list(personId) {
			const alive = await lucia().getUserSessions(personId);
			return alive.map(ours).sort((a, b) => b.lastSeenAt - a.lastSeenAt);
		},

		async removeOver(tx) {
			const over = lte(session.expiresAt, house.clock());
			const rows = await tx.delete(session).where(over).returning({ id: session.id });
			return rows.map(({ id }) => id);
		}
	};
	return self;
}

/** Lucia's view of our rows. Without a transaction it writes in its own, and announces what ended. */
function adapter(house: House, tx?: Db): Adapter {
	const read = tx ?? house.store.db;
	const write = <T>(work: (db: Db) => Promise<T>) => (tx ? work(tx) : house.store.transact(work));
	const toMachine = (at: number) => new Date(at - house.clock() + Date.now());
	const toHouse = (at: Date) => at.getTime() - Date.now() + house.clock();
	const absolute = house.config.sessionAbsoluteDays * DAY;

	const theirs = (row: typeof session.$inferSelect): DatabaseSession => ({
		id: row.id,
		userId: row.personId,
		expiresAt: toMachine(row.expiresAt),
		attributes: { device: row.device, createdAt: row.createdAt, lastSeenAt: row.lastSeenAt }
	});

	return {
		async getSessionAndUser(id) {
			const [row] = await read
				.select({ session, status: person.status })
				.from(session)
				.innerJoin(person, eq(person.id, session.personId))
				.where(eq(session.id, id));
			if (!row) return [null, null];
			// Nobody behind a session whose account is disabled: Lucia then ends it.
			const active = row.status === 'active';
			return [theirs(row.session), active ? { id: row.session.personId, attributes: {} } : null];
		},
		async getUserSessions(personId) {
			const rows = await read.select().from(session).where(eq(session.personId, personId));
			return rows.map(theirs);
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			const endsAt = attributes.createdAt + absolute;
			await write(async (db) => {
				await db.insert(session).values({
					id,
					personId: userId,
					...attributes,
					expiresAt: Math.min(toHouse(expiresAt), endsAt),
					endsAt
				});
			});
		},
		async updateSessionExpiration(id, expiresAt) {
			await write(async (db) => {
				const [row] = await db.select().from(session).where(eq(session.id, id));
				if (!row) return;
				await db
					.update(session)
					.set({
						expiresAt: Math.min(toHouse(expiresAt), row.endsAt),
						lastSeenAt: house.clock()
					})
					.where(eq(session.id, id));
			});
		},
		async deleteSession(id) {
			await write(async (db) => {
				await db.delete(session).where(eq(session.id, id));
			});
			if (!tx) house.bus.announce('sessionEnded', { sessionId: id });
		},
		async deleteUserSessions(personId) {
			await write(async (db) => {
				await db.delete(session).where(eq(session.personId, personId));
			});
		},
		async deleteExpiredSessions() {
			await write(async (db) => {
				await db.delete(session).where(lte(session.expiresAt, house.clock()));
			});
		}
	};
}

function ours(found: { id: string; userId: string } & Attributes): Session {
	const { id, userId, device, createdAt, lastSeenAt } = found;
	return { id, personId: userId, device, createdAt, lastSeenAt };
}
