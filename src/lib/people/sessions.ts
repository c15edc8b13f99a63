import type { Db } from '#lib/server/db/store.ts';

/** A sign-in on one browser, as the person may see it. */
export interface Session {
	/** SHA-256 of the cookie's token. */
	id: string;
	personId: string;
	/** Coarse, e.g. `Firefox · Linux`. */
	device: string;
	/** Milliseconds, by the house's clock. */
	createdAt: number;
	lastSeenAt: number;
}

/** A new session and the secret that opens it: the token goes into the cookie and is kept nowhere. */
export interface Begun {
	token: string;
	session: Session;
}

/**
 * The session manager as the house sees it: the whole of what a replacement must do, and what
 * `sessions.contract.ts` checks. What changes rows takes the caller's transaction, so that the event is
 * written with it; ids that ended are returned, to be announced after the commit.
 */
export interface Sessions {
	create(tx: Db, personId: string, device: string): Promise<Begun>;
	/** The living session of a token, seen now; null for any other token. */
	validate(token: string): Promise<Session | null>;
	/** Ends a session and begins another for the same person and device; null if it was not alive. */
	rotate(tx: Db, sessionId: string): Promise<Begun | null>;
	/** Ends one session; false if there was none. */
	revoke(tx: Db, sessionId: string): Promise<boolean>;
	/** Ends all of a person's sessions but the one to keep; the ids that ended. */
	revokeAll(tx: Db, personId: string, keep?: string): Promise<string[]>;
	/** A person's living sessions, the latest seen first. */
	list(personId: string): Promise<Session[]>;
	/** Removes sessions whose time is over; the ids that ended. */
	removeOver(tx: Db): Promise<string[]>;
}
