import { eq } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { VISITOR, type Actor } from './actor.ts';
import { tokensIn } from './cookie.ts';
import { toPerson, withTrust } from './people.server.ts';
import { person } from './schema.server.ts';
import { sessionsOf } from './sessions.server.ts';

/**
 * Who is asking, from the request's `Cookie` header (or a getter of one cookie by name). A visitor when
 * there is no living session: a wrong cookie is no error, it is nobody.
 */
export async function readActor(
	house: House,
	cookies: string | null | undefined | ((name: string) => string | undefined)
): Promise<Actor> {
	for (const token of tokensIn(cookies, house.config.origin)) {
		const actor = await actorOfToken(house, token);
		if (actor.person) return actor;
	}
	return VISITOR;
}

/** The person behind a session's token; a visitor when the session is over. */
export async function actorOfToken(house: House, token: string): Promise<Actor> {
	const session = await sessionsOf(house).validate(token);
	return session ? actorOf(house, session.personId, session.id) : VISITOR;
}

/** The same for a socket's handshake. */
export function actorOfCookie(house: House, cookieHeader: string | undefined): Promise<Actor> {
	return readActor(house, cookieHeader);
}

/**
 * What a person holds right now, without asking how they came: for sockets that decide again after a
 * change of rights, for jobs and the demo. A visitor when there is no such active person.
 */
export async function actorOf(
	house: House,
	personId: string,
	sessionId: string | null = null
): Promise<Actor> {
	const [row] = await house.store.db.select().from(person).where(eq(person.id, personId));
	if (row?.status !== 'active') return VISITOR;
	const [found] = await withTrust(house.store.db, [toPerson(row)]);
	return { sessionId, ...found! };
}
