import type { LiveText } from '#lib/contributions/places.server.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import type { event } from '#lib/server/schema.server.ts';
import { forThoseWhoMaySee } from './audience.server.ts';
import { factsOf } from './facts.server.ts';
import { DEFAULT_WISHES } from './kinds.ts';
import type { Happened } from './facts.ts';
import { newsOf } from './news.ts';
import { notification } from './schema.server.ts';
import { wishesOf } from './wishes.server.ts';
import { letterTime } from './wishes.ts';

/** How many rows one transaction writes: others want to write in between. */
const AT_ONCE = 200;
/** What happened longer ago than this is shown, but is no reason for a letter any more. */
const STALE_MS = 2 * 86_400_000;

type NewRow = typeof notification.$inferInsert;

/** The news of one event, for everybody who wants and may have them. */
export async function newsFrom(
	house: House,
	live: LiveText,
	row: typeof event.$inferSelect
): Promise<NewRow[]> {
	const it = happened(row);
	const facts = await factsOf(house, live, it);
	const news = await forThoseWhoMaySee(house, it, facts, newsOf(it, facts));
	if (news.length === 0) return [];
	const ids = news.map(({ personId }) => personId);
	const known = await wishesOf(house.store.db, ids);
	const now = house.clock();
	return news.flatMap(({ personId, kind, ...rest }) => {
		const { wishes, lastLetterAt } = known.get(personId) ?? {
			wishes: DEFAULT_WISHES,
			lastLetterAt: null
		};
		if (wishes.muted.includes(kind)) return [];
		const isOld = now - it.at > STALE_MS;
		const mailAt = isOld ? null : letterTime(wishes, now, lastLetterAt);
		const of = { id: newId(now), personId, kind, eventId: it.id, documentId: it.documentId };
		return [{ ...of, ...rest, at: it.at, mailAt }];
	});
}

/** Writes news down; returns how many. Those that are there already are not made twice (N4). */
export async function keepNews(house: House, rows: NewRow[]): Promise<number> {
	let made = 0;
	for (let at = 0; at < rows.length; at += AT_ONCE) {
		const some = rows.slice(at, at + AT_ONCE);
		const written = await house.store.transact((tx) =>
			tx.insert(notification).values(some).onConflictDoNothing().returning({ id: notification.id })
		);
		made += written.length;
	}
	return made;
}

function happened({ detail, documentId, ...row }: typeof event.$inferSelect): Happened {
	const facts = detail ?? {};
	// Ratings keep out of their document's story, and name it in their detail.
	const named = typeof facts.documentId === 'string' ? facts.documentId : null;
	return { ...row, detail: facts, documentId: documentId ?? named };
}
