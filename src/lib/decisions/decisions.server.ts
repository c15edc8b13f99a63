import { and, asc, count, desc, eq, inArray, isNull, or } from 'drizzle-orm';
import { documentVersion } from '#lib/documents/schema.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import { person } from '#lib/people/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { changesBy } from './changes.server.ts';
import { entriesOf, numbersIn } from './entries.server.ts';
import { contributionPath, decisionPath } from './links.ts';
import { mayUndo } from './policy.ts';
import { decision, disposition, type DecisionRow } from './schema.server.ts';
import type { DecisionList, DecisionView } from './views.ts';

type Live = Pick<LiveEngine, 'read' | 'stateAt'>;

/** How many decisions, or contributions of one decision, a page shows. */
export const PAGE = 50;

/** A page of the decisions on a document, newest first, for anybody who may read it. */
export async function listDecisions(
	house: House,
	actor: Actor,
	documentId: string,
	wanted: number
): Promise<DecisionList> {
	await readDocument(house, actor, documentId);
	const { db } = house.store;
	const where = eq(decision.documentId, documentId);
	const [counted] = await db.select({ total: count() }).from(decision).where(where);
	const { page, pages, from } = pageOf(counted?.total ?? 0, wanted);
	const rows = await db
		.select({ row: decision, by: person.name })
		.from(decision)
		.innerJoin(person, eq(person.id, decision.decidedBy))
		.where(where)
		.orderBy(desc(decision.number))
		.limit(PAGE)
		.offset(from);
	const said = await db
		.select({
			id: disposition.decisionId,
			answers: count(),
			ended: count(disposition.endedAt)
		})
		.from(disposition)
		.where(
			inArray(
				disposition.decisionId,
				rows.map(({ row }) => row.id)
			)
		)
		.groupBy(disposition.decisionId);
	const saidBy = new Map(said.map((one) => [one.id, one]));
	return {
		total: counted?.total ?? 0,
		page,
		pages,
		decisions: rows.map(({ row, by }) => {
			const { answers = 0, ended = 0 } = saidBy.get(row.id) ?? {};
			const { id, number, kind, reason, at } = row;
			return {
				id,
				number,
				kind,
				reason,
				at,
				by,
				answers,
				undone: answers > 0 && ended === answers
			};
		})
	};
}

function pageOf(total: number, wanted: number) {
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const page = Math.min(Math.max(1, wanted), pages);
	return { page, pages, from: (page - 1) * PAGE };
}

/** One decision with all that belongs to it. NotFound `decision_not_found`. */
export async function readDecision(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	{ number, page: wanted = 1 }: { number: number; page?: number }
): Promise<DecisionView> {
	const { document } = await readDocument(house, actor, documentId);
	const { db } = house.store;
	const [found] = await db
		.select({ row: decision, by: person.name })
		.from(decision)
		.innerJoin(person, eq(person.id, decision.decidedBy))
		.where(and(eq(decision.documentId, documentId), eq(decision.number, number)));
	if (!found) throw new NotFound('decision_not_found');
	const { row, by } = found;
	const text = numbersIn((await live.read(documentId)).blocks);
	const { verdicts, ...said } = await verdictsPage(house, row, wanted);
	const [entries, around, changes, cites, inForce] = await Promise.all([
		entriesOf(
			house,
			{ slug: document.slug, text },
			verdicts.map(({ contributionId }) => contributionId)
		),
		placeOf(house, row),
		changesBy(house, live, row),
		citesOf(house, document, row),
		db
			.select({ id: disposition.id })
			.from(disposition)
			.where(and(eq(disposition.decisionId, row.id), isNull(disposition.endedAt)))
			.limit(1)
	]);
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	return {
		...{ id: row.id, number, kind: row.kind, reason: row.reason, at: row.at, by },
		...said,
		verdicts: verdicts.flatMap(({ contributionId, outcome, endedAt }) => {
			const entry = byId.get(contributionId);
			return entry ? [{ entry, outcome, inForce: endedAt === null }] : [];
		}),
		changes,
		cites,
		...around,
		reasonHash: row.reasonHash,
		prevHash: row.prevHash,
		hash: row.hash,
		may: { undo: row.kind !== 'undo' && inForce.length > 0 && mayUndo(actor, document) }
	};
}

async function verdictsPage(house: House, { id }: DecisionRow, wanted: number) {
	const { db } = house.store;
	const where = eq(disposition.decisionId, id);
	const [counted] = await db.select({ total: count() }).from(disposition).where(where);
	const total = counted?.total ?? 0;
	const { page, pages, from } = pageOf(total, wanted);
	const verdicts = await db
		.select()
		.from(disposition)
		.where(where)
		.orderBy(asc(disposition.contributionId))
		.limit(PAGE)
		.offset(from);
	return { verdicts, total, page, pages };
}

/** The decisions before and after, the one it takes back, and those that took it back. */
async function placeOf(
	house: House,
	row: DecisionRow
): Promise<Pick<DecisionView, 'undoes' | 'undoneBy' | 'previous' | 'next'>> {
	const { db } = house.store;
	const former =
		row.kind === 'undo' ? row.cites.find(({ type }) => type === 'decision') : undefined;
	const formerId = former && 'id' in former ? former.id : '';
	const [near, undoing] = await Promise.all([
		db
			.select({ id: decision.id, number: decision.number })
			.from(decision)
			.where(
				and(
					eq(decision.documentId, row.documentId),
					or(inArray(decision.number, [row.number - 1, row.number + 1]), eq(decision.id, formerId))
				)
			),
		db
			.selectDistinct({ number: decision.number })
			.from(decision)
			.innerJoin(disposition, eq(disposition.endedBy, decision.id))
			.where(eq(disposition.decisionId, row.id))
			.orderBy(asc(decision.number))
	]);
	const has = (number: number) => (near.some((one) => one.number === number) ? number : null);
	return {
		undoes: near.find(({ id }) => id === formerId)?.number ?? null,
		undoneBy: undoing.map(({ number }) => number),
		previous: has(row.number - 1),
		next: has(row.number + 1)
	};
}

/** What it cites, as links. Rows of the log are shown as changes instead. */
async function citesOf(
	house: House,
	{ slug }: DocumentRow,
	{ cites }: DecisionRow
): Promise<DecisionView['cites']> {
	const idsOf = (type: 'version' | 'decision' | 'contribution') =>
		cites.flatMap((cite) => (cite.type === type ? [cite.id] : []));
	const { db } = house.store;
	const [versions, decisions, contributions] = await Promise.all([
		db
			.select({ number: documentVersion.number })
			.from(documentVersion)
			.where(inArray(documentVersion.id, idsOf('version'))),
		db
			.select({ number: decision.number })
			.from(decision)
			.where(inArray(decision.id, idsOf('decision'))),
		db
			.select({ id: contribution.id, kind: contribution.kind, parentId: contribution.parentId })
			.from(contribution)
			.where(inArray(contribution.id, idsOf('contribution')))
	]);
	return [
		...versions.map(({ number }) => ({
			...{ type: 'version' as const, number, href: `/documents/${slug}/versions/${number}` }
		})),
		...decisions.map(({ number }) => ({
			...{ type: 'decision' as const, number, href: decisionPath(slug, number) }
		})),
		...contributions.map((one) => ({
			...{ type: 'contribution' as const, number: null, href: contributionPath(slug, one) }
		}))
	];
}
