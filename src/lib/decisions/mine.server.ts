import { and, count, desc, eq, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { signedIn } from '#lib/contributions/scene.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import type { MineQuery } from './inputs.ts';
import { contributionPath } from './links.ts';
import { marksOf } from './marks.server.ts';
import type { Mine } from './views.ts';

/** How many of one's contributions a page shows. */
export const PAGE = 25;

/** What somebody said anywhere, newest first, with its four marks (A11). Forbidden `sign_in_needed`. */
export async function myContributions(house: House, actor: Actor, query: MineQuery): Promise<Mine> {
	const { person } = signedIn(actor);
	const { db } = house.store;
	const mine = and(eq(contribution.personId, person.id), isNotNull(contribution.documentId));
	const of = async (where: SQL | undefined) =>
		(await db.select({ many: count() }).from(contribution).where(where))[0]?.many ?? 0;
	const where = and(mine, shown(query.show));
	const [all, waits, answered, total] = await Promise.all([
		of(mine),
		of(and(mine, shown('waiting'))),
		of(and(mine, shown('answered'))),
		of(where)
	]);
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const page = Math.min(query.page, pages);
	const rows = await db
		.select({
			row: contribution,
			slug: document.slug,
			title: document.title,
			summary: branch.summary
		})
		.from(contribution)
		.innerJoin(document, eq(document.id, contribution.documentId))
		.leftJoin(branch, eq(branch.contributionId, contribution.id))
		.where(where)
		.orderBy(desc(contribution.createdAt), desc(contribution.id))
		.limit(PAGE)
		.offset((page - 1) * PAGE);
	const marks = await marksOf(
		house,
		rows.map(({ row }) => row.id)
	);
	return {
		counts: { all, waiting: waits, answered },
		page,
		pages,
		items: rows.map(({ row, slug, title, summary }) => ({
			id: row.id,
			kind: row.kind,
			status: row.status,
			// One's own words are one's own to read, also when they were hidden.
			body: row.status === 'withdrawn' ? null : row.body,
			quote: row.wholeBlock ? null : (row.anchor?.quote ?? null),
			change: summary ? { parts: summary.parts, more: summary.more } : null,
			hiddenFor: row.hiddenFor,
			isReply: row.parentId !== null,
			createdAt: row.createdAt,
			href: contributionPath(slug, row),
			document: { slug, title },
			marks: marks.get(row.id)!
		}))
	};
}

/** A reply shares its thread's answer and is not counted apart; what is gone waits for nothing. */
function shown(show: MineQuery['show']): SQL | undefined {
	if (show === 'waiting') {
		return and(
			inArray(contribution.status, ['published', 'held']),
			isNull(contribution.parentId),
			isNull(contribution.outcome)
		);
	}
	return show === 'answered' ? isNotNull(contribution.outcome) : undefined;
}
