import { and, asc, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import { partiesOf } from '#lib/challenges/parties.server.ts';
import type { Status } from '#lib/contributions/kinds.ts';
import {
	contribution,
	contributionEdit,
	type ContributionRow
} from '#lib/contributions/schema.server.ts';
import { detailView } from '#lib/contributions/shown-details.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { person } from '#lib/people/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import type { QueueQuery } from './inputs.ts';
import { hasQueue, whyNot } from './policy.ts';
import { hiding } from './schema.server.ts';
import type { QueueItem, QueueLine } from './views.ts';

/** How many a page of the queue shows. */
export const PAGE = 25;

/** A page of what waits (or was hidden) in this moderator's scope, and the one they look at. */
export async function readQueue(house: House, actor: Actor, query: QueueQuery) {
	if (!hasQueue(actor)) throw new NotFound();
	const where = and(eq(contribution.status, query.show), scopeOf(actor));
	const { db } = house.store;
	const [counted] = await db.select({ total: count() }).from(contribution).where(where);
	const total = counted?.total ?? 0;
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const page = Math.min(query.page, pages);
	const rows = await db
		.select({ row: contribution, author: person.name, title: document.title })
		.from(contribution)
		.innerJoin(person, eq(person.id, contribution.personId))
		.innerJoin(document, eq(document.id, contribution.documentId))
		.where(where)
		.orderBy(asc(contribution.createdAt), asc(contribution.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const lines: QueueLine[] = rows.map(({ row, author, title }) => ({
		id: row.id,
		author,
		capacity: row.capacity,
		title,
		beginning: row.body.slice(0, 160),
		createdAt: row.createdAt
	}));
	const chosen = lines.find((line) => line.id === query.item) ?? lines[0];
	return { lines, total, page, pages, item: chosen ? await itemOf(house, actor, chosen.id) : null };
}

/** How many contributions wait in this moderator's scope; for the mark beside the door. */
export async function countHeld(house: House, actor: Actor): Promise<number> {
	if (!hasQueue(actor)) return 0;
	const [row] = await house.store.db
		.select({ total: count() })
		.from(contribution)
		.where(and(eq(contribution.status, 'held'), scopeOf(actor)));
	return row?.total ?? 0;
}

/** M1, said to the database. */
function scopeOf(actor: Actor): SQL | undefined {
	const duties = actor.duties.filter((duty) => duty.kind === 'moderator');
	if (duties.some((duty) => duty.scopeType === 'house')) return undefined;
	return inArray(
		contribution.documentId,
		duties.flatMap((duty) => duty.scopeId ?? [])
	);
}

async function itemOf(house: House, actor: Actor, id: string): Promise<QueueItem | null> {
	const { db } = house.store;
	const [found] = await db
		.select({ row: contribution, author: person, document })
		.from(contribution)
		.innerJoin(person, eq(person.id, contribution.personId))
		.innerJoin(document, eq(document.id, contribution.documentId))
		.where(eq(contribution.id, id));
	if (!found) return null;
	const { row, author, document: of } = found;
	const [history, earlier, detail, hidden, head, parties] = await Promise.all([
		historyOf(house, row.personId),
		earlierOf(house, actor, id),
		row.detail && detailView(house, actor, row.detail),
		hidingOf(house, id),
		headOf(house, row),
		partiesOf(db, 'document', of.id)
	]);
	return {
		id,
		author: author.name,
		capacity: row.capacity,
		title: of.title,
		createdAt: row.createdAt,
		body: row.body,
		status: row.status,
		slug: of.slug,
		language: of.language,
		threadId: row.parentId ?? row.id,
		quote: (head?.row ?? row).anchor?.quote ?? null,
		repliesTo: head ? { author: head.author, body: head.row.body } : null,
		detail,
		history: { ...history, since: author.createdAt },
		earlier,
		hidden,
		why: whyNot(actor, row, parties)
	};
}

async function earlierOf(house: House, actor: Actor, id: string): Promise<QueueItem['earlier']> {
	const rows = await house.store.db
		.select({
			body: contributionEdit.body,
			detail: contributionEdit.detail,
			at: contributionEdit.at
		})
		.from(contributionEdit)
		.where(eq(contributionEdit.contributionId, id))
		.orderBy(desc(contributionEdit.at));
	return Promise.all(
		rows.map(async ({ detail, ...row }) => ({
			...row,
			detail: detail && (await detailView(house, actor, detail))
		}))
	);
}

async function historyOf(house: House, personId: string) {
	const rows = await house.store.db
		.select({ status: contribution.status, many: count() })
		.from(contribution)
		.where(eq(contribution.personId, personId))
		.groupBy(contribution.status);
	const of = (status: Status) => rows.find((row) => row.status === status)?.many ?? 0;
	return { published: of('published'), hidden: of('hidden'), withdrawn: of('withdrawn') };
}

async function hidingOf(house: House, id: string): Promise<QueueItem['hidden']> {
	const [row] = await house.store.db
		.select({ by: person.name, reason: hiding.reason, at: hiding.at })
		.from(hiding)
		.innerJoin(person, eq(person.id, hiding.hiddenBy))
		.where(eq(hiding.contributionId, id))
		.orderBy(desc(hiding.at))
		.limit(1);
	return row ?? null;
}

async function headOf(
	house: House,
	row: ContributionRow
): Promise<{ row: ContributionRow; author: string } | null> {
	if (!row.parentId) return null;
	const [head] = await house.store.db
		.select({ row: contribution, author: person.name })
		.from(contribution)
		.innerJoin(person, eq(person.id, contribution.personId))
		.where(eq(contribution.id, row.parentId));
	return head ?? null;
}
