import type { House } from '#lib/server/house.ts';
import { luciaSessions } from './lucia.server.ts';
import type { Sessions } from './sessions.ts';

/** The house's session manager. Whoever replaces Lucia changes this line. */
export const sessionsOf: (house: House) => Sessions = luciaSessions;

/** Tells the live sockets, after the commit, that these sessions are over. */
export function announceEnded(house: House, sessionIds: string[]): void {
	for (const sessionId of sessionIds) house.bus.announce('sessionEnded', { sessionId });
}

/** Removes sessions whose time is over and closes their sockets; a timed job. */
export async function deleteExpiredSessions(house: House): Promise<number> {
	const ended = await house.store.transact((tx) => sessionsOf(house).removeOver(tx));
	announceEnded(house, ended);
	return ended.length;
}
