import { and, count, countDistinct, desc, eq, inArray, isNull, lte, max } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import { isSignedIn } from '#lib/people/policy.ts';
import type { House } from '#lib/server/house.ts';
import { linesOf } from './lines.server.ts';
import { newsPath, type NewsLine } from './lines.ts';
import { notification } from './schema.server.ts';
import { visibleTo, WITH } from './visible.server.ts';
import { requireSignedIn } from './wishes.server.ts';

export const PAGE = 25;
/** Beyond this the badge says "99+", and nobody counts further. */
export const MOST_COUNTED = 100;

/** A page of somebody's news. */
export interface Inbox {
	lines: NewsLine[];
	total: number;
	page: number;
	pages: number;
	unread: number;
	/** The newest news there is, for "mark all as read": what comes later stays unread. */
	newest: string | null;
}

/** One's own news, latest first, bursts gathered (N5). @throws Forbidden `sign_in_needed` */
export async function readInbox(
	house: House,
	actor: Actor,
	{ show, page }: { show: 'all' | 'unread'; page: number }
): Promise<Inbox> {
	const self = requireSignedIn(actor);
	const { db } = house.store;
	const where = and(
		await visibleTo(house, self),
		show === 'unread' ? isNull(notification.readAt) : undefined
	);
	const groups = db
		.select({
			newest: max(notification.id).as('newest'),
			at: max(notification.at).as('latest'),
			news: count().as('news'),
			things: countDistinct(notification.targetId).as('things')
		})
		.from(notification)
		.leftJoin(document, WITH.document)
		.leftJoin(contribution, WITH.contribution)
		.where(where)
		.groupBy(notification.groupKey, notification.readAt)
		.as('line');
	const [totals] = await db.select({ total: count(), newest: max(groups.newest) }).from(groups);
	const total = totals?.total ?? 0;
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const at = Math.min(Math.max(1, page), pages);
	const shown = await db
		.select()
		.from(groups)
		.orderBy(desc(groups.at), desc(groups.newest))
		.limit(PAGE)
		.offset((at - 1) * PAGE);
	return {
		lines: await toLines(house, shown),
		...{ total, page: at, pages },
		unread: await unreadOf(house, self),
		newest: totals?.newest ?? null
	};
}

async function toLines(
	house: House,
	shown: { newest: string | null; news: number; things: number }[]
): Promise<NewsLine[]> {
	if (shown.length === 0) return [];
	const ids = shown.map(({ newest }) => newest ?? '');
	const { db } = house.store;
	const rows = await db.select().from(notification).where(inArray(notification.id, ids));
	const byId = new Map(rows.map((row) => [row.id, row]));
	const groups = shown.flatMap(({ newest, news, things }) => {
		const row = byId.get(newest ?? '');
		return row ? [{ newest: row, news: Number(news), things: Number(things) }] : [];
	});
	return linesOf(db, groups);
}

/** How many lines are unread, up to `MOST_COUNTED`; nobody has any who is not signed in. */
export async function countUnread(house: House, actor: Actor): Promise<number> {
	return isSignedIn(actor) ? unreadOf(house, actor) : 0;
}

async function unreadOf(house: House, actor: SignedIn): Promise<number> {
	const { db } = house.store;
	const lines = db
		.selectDistinct({ key: notification.groupKey })
		.from(notification)
		.leftJoin(document, WITH.document)
		.leftJoin(contribution, WITH.contribution)
		.where(and(await visibleTo(house, actor), isNull(notification.readAt)))
		.limit(MOST_COUNTED)
		.as('line');
	const [row] = await db.select({ n: count() }).from(lines);
	return row?.n ?? 0;
}

/** Marks a line as read: these news, and the earlier ones gathered with it. @throws NotFound */
export async function markRead(house: House, actor: Actor, id: string): Promise<void> {
	const { row } = await ownNews(house, actor, id);
	await read(house, row.personId, and(eq(notification.groupKey, row.groupKey), upTo(id)));
}

/** Marks everything up to these news as read; what came since stays unread. */
export async function markAllRead(house: House, actor: Actor, newest: string): Promise<void> {
	const { person } = requireSignedIn(actor);
	await read(house, person.id, upTo(newest));
}

/** Where a line leads; having gone there, one has read it. @throws NotFound */
export async function openNews(house: House, actor: Actor, id: string): Promise<string> {
	const { row, self } = await ownNews(house, actor, id);
	const { db } = house.store;
	const [found] = await db
		.select({ news: count(), things: countDistinct(notification.targetId) })
		.from(notification)
		.leftJoin(document, WITH.document)
		.leftJoin(contribution, WITH.contribution)
		.where(
			and(
				await visibleTo(house, self),
				eq(notification.groupKey, row.groupKey),
				row.readAt === null ? isNull(notification.readAt) : eq(notification.readAt, row.readAt)
			)
		);
	const [line] = await linesOf(db, [
		{ newest: row, news: Number(found?.news ?? 1), things: Number(found?.things ?? 1) }
	]);
	if (row.readAt === null) await markRead(house, actor, id);
	return newsPath(line!);
}

/** Found through the person, and through what they may see now: else it does not exist. */
async function ownNews(house: House, actor: Actor, id: string) {
	const self = requireSignedIn(actor);
	const [found] = await house.store.db
		.select({ row: notification })
		.from(notification)
		.leftJoin(document, WITH.document)
		.leftJoin(contribution, WITH.contribution)
		.where(and(eq(notification.id, id), await visibleTo(house, self)));
	if (!found) throw new NotFound('news_not_found');
	return { self, row: found.row };
}

function upTo(id: string) {
	return lte(notification.id, id);
}

/** What one has read needs no letter any more. */
async function read(house: House, personId: string, which: ReturnType<typeof and>): Promise<void> {
	await house.store.transact(async (tx) => {
		await tx
			.update(notification)
			.set({ readAt: house.clock(), mailAt: null })
			.where(and(eq(notification.personId, personId), isNull(notification.readAt), which));
	});
}
