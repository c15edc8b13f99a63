import { and, count, desc, eq, inArray, or, type SQL } from 'drizzle-orm';
import { addParty, partiesOf, targetsOf, type Party } from '#lib/challenges/parties.server.ts';
import { INVOLVED } from '#lib/challenges/parts.ts';
import { Forbidden, NotFound } from '#lib/errors.ts';
import type { Actor, Duty } from '#lib/people/actor.ts';
import { addDuty } from '#lib/people/duties.server.ts';
import type { House } from '#lib/server/house.ts';
import { appendEvent } from '#lib/server/events.ts';
import { newId } from '#lib/server/ids.ts';
import type { NewDocument, Words } from './inputs.ts';
import type { LiveEngine } from './live/engine.server.ts';
import type { Seed } from './live/seed.ts';
import { ownerOf, takeSlug } from './naming.server.ts';
import { INSIDE, mayCreate, mayManage, mayRead, readsEverything } from './policy.ts';
import { document, type DocumentRow } from './schema.server.ts';
import { PUBLIC_STAGES, type Stage } from './stages.ts';
import type { Delta } from './text/blocks.ts';

/** A document as its reader found it. */
export interface Found {
	document: DocumentRow;
	/** Who takes part in it; those who only follow it are not among them. */
	parties: Party[];
}

/**
 * Starts a private document with this text. Its creator leads it: owner and first of its policy team.
 * Forbidden `may_not_create`.
 */
export async function createDocument(
	house: House,
	live: Pick<LiveEngine, 'create'>,
	actor: Actor,
	input: NewDocument,
	text: Delta | Seed
): Promise<DocumentRow> {
	const person = actor.person;
	if (!person || !mayCreate(actor)) throw new Forbidden('may_not_create');
	const now = house.clock();
	const id = newId(now);
	// The text first: a text without a row is never seen, a row without its text would be broken.
	await live.create(id, text, person.id);
	const made = await house.store.transact(async (tx) => {
		const row: DocumentRow = {
			id,
			slug: await takeSlug(tx, id, input.title, now),
			title: input.title,
			summary: input.summary,
			kind: input.kind,
			stage: 'private',
			stageSince: now,
			closesAt: null,
			language: input.language,
			licence: input.licence,
			ownerOrgId: actor.capacities.find((one) => one.kind === 'employee')?.orgId ?? null,
			createdBy: person.id,
			createdAt: now,
			changedAt: now
		};
		await tx.insert(document).values(row);
		await addParty(
			tx,
			{ targetType: 'document', targetId: id, part: 'owner', personId: person.id },
			{ by: person.id, at: now }
		);
		await addDuty(tx, { personId: person.id, duty: teamDuty(id), by: person.id, at: now });
		await appendEvent(tx, {
			at: now,
			personId: person.id,
			verb: 'document.created',
			targetType: 'document',
			targetId: id,
			documentId: id
		});
		return row;
	});
	house.bus.announce('rights', { personId: person.id, documentId: id });
	return made;
}

/** The duty of a document's policy team. */
export const teamDuty = (documentId: string): Duty => ({
	kind: 'policy_team',
	scopeType: 'document',
	scopeId: documentId
});

/**
 * The document at an address, present or past (compare `document.slug` to know). What this person may
 * not read is NotFound, like what does not exist.
 */
export async function findDocument(house: House, actor: Actor, slug: string): Promise<Found> {
	const id = await ownerOf(house.store.db, slug);
	if (id === undefined) throw new NotFound('document_not_found');
	return readDocument(house, actor, id);
}

/** The document with this id, on the same terms as `findDocument`. */
export async function readDocument(house: House, actor: Actor, id: string): Promise<Found> {
	const found = await loadDocument(house, id);
	if (!found || !mayRead(actor, found.document, found.parties)) {
		throw new NotFound('document_not_found');
	}
	return found;
}

/** The document whoever asks: for the engine's own decisions, never for a page. */
export async function loadDocument(house: House, id: string): Promise<Found | undefined> {
	const { db } = house.store;
	const [row] = await db.select().from(document).where(eq(document.id, id));
	return row && { document: row, parties: await partiesOf(db, 'document', id, INVOLVED) };
}

/** The document if this person manages it: NotFound when unseen, Forbidden `not_policy_team` else. */
export async function findManaged(house: House, actor: Actor, id: string): Promise<Found> {
	const found = await readDocument(house, actor, id);
	if (!mayManage(actor, found.document)) throw new Forbidden('not_policy_team');
	return found;
}

/** How many documents a page of the list shows. */
export const PAGE = 20;

/** A page of the documents this person may read, of one stage or all, latest change first. */
export async function listDocuments(
	house: House,
	actor: Actor,
	{ stage, page = 1 }: { stage?: Stage; page?: number } = {}
): Promise<{ items: DocumentRow[]; total: number; page: number; pages: number }> {
	const { db } = house.store;
	const where = and(await readableBy(house, actor), stage && eq(document.stage, stage));
	const [counted] = await db.select({ total: count() }).from(document).where(where);
	const total = counted?.total ?? 0;
	const pages = Math.max(1, Math.ceil(total / PAGE));
	const at = Math.min(Math.max(1, page), pages);
	const items = await db
		.select()
		.from(document)
		.where(where)
		.orderBy(desc(document.changedAt), desc(document.id))
		.limit(PAGE)
		.offset((at - 1) * PAGE);
	return { items, total, page: at, pages };
}

/** The same rule as `mayRead`, said to the database; a test holds the two together. */
export async function readableBy(house: House, actor: Actor): Promise<SQL | undefined> {
	if (readsEverything(actor)) return undefined;
	const open = inArray(document.stage, PUBLIC_STAGES);
	if (actor.person?.status !== 'active') return open;
	const inside = targetsOf(house.store.db, 'document', actor.person.id, INSIDE);
	const teams = actor.duties
		.filter((duty) => duty.kind === 'policy_team')
		.flatMap((duty) => duty.scopeId ?? []);
	return or(open, inArray(document.id, inside), inArray(document.id, teams));
}

/** Changes title and promise; the old address goes on leading here. */
export async function renameDocument(
	house: House,
	actor: Actor,
	id: string,
	input: Words
): Promise<DocumentRow> {
	await findManaged(house, actor, id);
	const now = house.clock();
	const row = await house.store.transact(async (tx) => {
		const slug = await takeSlug(tx, id, input.title, now);
		const [changed] = await tx
			.update(document)
			.set({ slug, title: input.title, summary: input.summary, changedAt: now })
			.where(eq(document.id, id))
			.returning();
		await appendEvent(tx, {
			at: now,
			personId: actor.person!.id,
			verb: 'document.renamed',
			targetType: 'document',
			targetId: id,
			documentId: id
		});
		return changed!;
	});
	house.bus.announce('document', { documentId: id });
	return row;
}
