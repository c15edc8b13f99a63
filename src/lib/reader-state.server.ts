/**
 * What the reading page of somebody signed in depends on, besides the text itself: read in one query,
 * so that a page made for them can be sent again when nothing of it has changed.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { rating } from '#lib/ballots/schema.server.ts';
import { INVOLVED } from '#lib/challenges/parts.ts';
import { party } from '#lib/challenges/schema.server.ts';
import { templatesOf } from '#lib/decisions/templates.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { documentHead } from '#lib/documents/live/schema.server.ts';
import type { ReaderState, Reading } from '#lib/documents/own-front.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { isFresh } from '#lib/people/lucia.server.ts';
import { capacity, duty, person, session } from '#lib/people/schema.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { event } from '#lib/server/schema.server.ts';

/** The state of a reader; undefined when the session is over or its use has to be written down. */
export async function readerState(
	house: House,
	{ sessionId, personId, documentId }: Reading
): Promise<ReaderState | undefined> {
	const [row] = await preparedFor(house.store.db).execute({ sessionId, personId, documentId });
	if (!row) return undefined;
	const { expiresAt, lastSeenAt, latest, ...rest } = row;
	if (!isFresh(house, { expiresAt, lastSeenAt })) return undefined;
	return { latest: latest ?? '', state: JSON.stringify(rest) };
}

/** Names what the desk shows and no event of its document tells: support, and the team's templates. */
export async function deskState(house: House, documentId: string): Promise<string> {
	const templates = await templatesOf(house, documentId);
	return `desk ${supportHeard(house, documentId)} ${templates.map(({ id }) => id).join(' ')}`;
}

const heard = new WeakMap<House['bus'], Map<string, number>>();

/** How often support on a document was heard to change since somebody first asked. */
function supportHeard({ bus }: House, documentId: string): number {
	let counts = heard.get(bus);
	if (!counts) {
		const kept = new Map<string, number>();
		heard.set(bus, (counts = kept));
		bus.on('support', ({ documentId: of }) => kept.set(of, (kept.get(of) ?? 0) + 1));
	}
	return counts.get(documentId) ?? 0;
}

const prepared = new WeakMap<Db, ReturnType<typeof prepare>>();

function preparedFor(db: Db): ReturnType<typeof prepare> {
	let query = prepared.get(db);
	if (!query) prepared.set(db, (query = prepare(db)));
	return query;
}

function prepare(db: Db) {
	const rowsOf = (at: unknown) => sql<string>`count(*) || ' ' || coalesce(sum(${at}), 0)`;
	return db
		.select({
			expiresAt: session.expiresAt,
			lastSeenAt: session.lastSeenAt,
			name: person.name,
			status: person.status,
			verification: person.verification,
			locale: person.locale,
			slug: document.slug,
			stage: document.stage,
			changedAt: document.changedAt,
			latest: sql<string | null>`(select ${event.id} from ${event}
				where ${event.documentId} = ${document.id}
				order by ${event.at} desc, ${event.id} desc limit 1)`,
			capacities: sql`(select ${rowsOf(capacity.grantedAt)} from ${capacity}
				where ${capacity.personId} = ${person.id})`,
			duties: sql`(select ${rowsOf(duty.grantedAt)} from ${duty}
				where ${duty.personId} = ${person.id})`,
			parts: sql`(select ${rowsOf(party.addedAt)} from ${party}
				where ${party.personId} = ${person.id})`,
			parties: sql`(select ${rowsOf(party.addedAt)} from ${party}
				where ${party.targetType} = 'document' and ${party.targetId} = ${document.id}
				and ${inArray(party.part, [...INVOLVED])})`,
			ratings: sql`(select count(*) || ' ' || coalesce(max(${rating.changedAt}), 0) from ${rating}
				where ${rating.personId} = ${person.id} and ${rating.documentId} = ${document.id})`,
			unpublished: sql`(select count(*) || ' ' || coalesce(max(${documentHead.changedAt}), 0)
				from ${branch} inner join ${documentHead} on ${documentHead.documentId} = ${branch.id}
				where ${branch.createdBy} = ${person.id} and ${branch.documentId} = ${document.id}
				and ${branch.publishedAt} is null and ${branch.discardedAt} is null
				and ${documentHead.seq} > 0)`
		})
		.from(session)
		.innerJoin(person, eq(person.id, session.personId))
		.innerJoin(document, eq(document.id, sql.placeholder('documentId')))
		.where(
			and(eq(session.id, sql.placeholder('sessionId')), eq(person.id, sql.placeholder('personId')))
		)
		.prepare();
}
