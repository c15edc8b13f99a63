import { and, eq } from 'drizzle-orm';
import { stampOf } from '#lib/contributions/contribute.server.ts';
import { signedIn } from '#lib/contributions/scene.server.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { Closed, Conflict } from '#lib/errors.ts';
import type { Actor, SignedIn } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import { appendEvent } from '#lib/server/events.ts';
import type { House } from '#lib/server/house.ts';
import { newId } from '#lib/server/ids.ts';
import { takeFrom, type Limit } from '#lib/server/limits.ts';
import { isShown, readCondition, type Condition } from './condition.server.ts';
import type { RateInput } from './inputs.ts';
import { maySupport } from './policy.ts';
import { SUPPORT, type Rated } from './ratings.ts';
import { ratedText, rating, type RatingRow } from './schema.server.ts';
import { thingOf, type LiveText, type Thing } from './thing.server.ts';

/** More than anybody decides by hand; a script's annoyance (B1). */
const PACE: Limit = { name: 'support', most: 240, within: 60_000 };

/** Gives support to one thing, or changes what was given (B3); names the exact text (B4). */
export async function rate(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string,
	input: RateInput
): Promise<RatingRow> {
	const { author, document } = await speaking(house, actor, documentId);
	const capacity = stampOf(actor, input.capacity);
	const value = Number(input.value);
	const condition = await readCondition(house, document, input);
	const thing = await thingOf(house, live, document, { type: input.type, id: input.id });
	if (thing.settled) throw new Closed('suggestion_answered');
	if (input.seen && input.seen !== thing.hash) throw new Conflict('text_changed');

	const now = house.clock();
	const id = newId(now);
	const row = await house.store.transact(async (tx) => {
		const before = await ownOn(tx, author.person.id, documentId, thing);
		const given = {
			value,
			...condition,
			conditionShownAt: await shownSince(tx, house, author, {
				before,
				condition,
				on: { ...thing, documentId },
				now
			}),
			capacity,
			capacityKind: capacity.kind,
			textHash: thing.hash
		};
		if (before && isSame(before, given)) return before;
		await keepText(tx, thing, now);
		const [row] = await tx
			.insert(rating)
			.values({
				...{ id, documentId, targetType: thing.type, targetId: thing.id, criterion: SUPPORT },
				...{ ...given, personId: author.person.id, seq: thing.seq, createdAt: now, changedAt: now }
			})
			.onConflictDoUpdate({
				target: ONCE,
				set: { ...given, seq: thing.seq, changedAt: now, askedHash: null }
			})
			.returning();
		await record(tx, row!, row!.id === id ? 'rating.given' : 'rating.changed', now);
		return row!;
	});
	told(house, row);
	return row;
}

/** Takes one's support back (B3). That there was some stays in the record; doing it twice is no error. */
export async function unrate(
	house: House,
	actor: Actor,
	documentId: string,
	rated: Rated
): Promise<void> {
	const { author } = await speaking(house, actor, documentId);
	const row = await house.store.transact(async (tx) => {
		const before = await ownOn(tx, author.person.id, documentId, rated);
		if (!before) return null;
		await tx.delete(rating).where(eq(rating.id, before.id));
		await record(tx, before, 'rating.withdrawn', house.clock());
		return before;
	});
	if (row) told(house, row);
}

/** Who may speak here now (B1): Forbidden `sign_in_needed`, NotFound, Closed `document_closed`. */
export async function speaking(
	house: House,
	actor: Actor,
	documentId: string
): Promise<{ author: SignedIn; document: DocumentRow }> {
	const author = signedIn(actor);
	const { document } = await readDocument(house, actor, documentId);
	if (!maySupport(author, document, house.clock())) throw new Closed('document_closed');
	await takeFrom(house, [{ limit: PACE, subject: author.person.id }]);
	return { author, document };
}

/** Keeps the words that a hash stands for, once, so that the giver can be shown what changed (B4). */
export async function keepText(tx: Db, { hash, text }: Thing, at: number): Promise<void> {
	if (text === null) return;
	await tx.insert(ratedText).values({ hash, text, at }).onConflictDoNothing();
}

/** The event of a rating. Not listed in its document's story, which thousands of ratings would fill (B3). */
export async function record(tx: Db, row: RatingRow, verb: string, at: number): Promise<void> {
	const { documentId, targetType: type, targetId: id, value, conditionId, textHash } = row;
	const conditional = row.condition !== null || conditionId !== null;
	await appendEvent(tx, {
		at,
		personId: row.personId,
		verb,
		targetType: 'rating',
		targetId: row.id,
		detail: {
			...{ documentId, type, id, value, conditional, conditionId, textHash },
			capacity: row.capacityKind
		}
	});
}

/** Tells who keeps counts; after the commit. */
export function told(house: House, row: RatingRow): void {
	const { documentId, targetType: type, targetId: id } = row;
	house.bus.announce('support', { documentId, type, id });
}

const ONCE = [
	rating.personId,
	rating.documentId,
	rating.targetType,
	rating.targetId,
	rating.criterion
];

async function ownOn(
	tx: Db,
	personId: string,
	documentId: string,
	{ type, id }: Rated
): Promise<RatingRow | undefined> {
	const [row] = await tx
		.select()
		.from(rating)
		.where(
			and(
				eq(rating.personId, personId),
				eq(rating.documentId, documentId),
				eq(rating.targetType, type),
				eq(rating.targetId, id),
				eq(rating.criterion, SUPPORT)
			)
		);
	return row;
}

type Given = Pick<
	RatingRow,
	'value' | 'condition' | 'conditionId' | 'textHash' | 'capacityKind' | 'capacity'
>;

function isSame(before: RatingRow, given: Given): boolean {
	return (
		before.value === given.value &&
		before.condition === given.condition &&
		before.conditionId === given.conditionId &&
		before.textHash === given.textHash &&
		before.capacityKind === given.capacityKind &&
		before.capacity.orgId === given.capacity.orgId
	);
}

type Place = Rated & { documentId: string };

async function shownSince(
	tx: Db,
	house: House,
	author: SignedIn,
	of: { before: RatingRow | undefined; condition: Condition; on: Place; now: number }
): Promise<number | null> {
	const { before, condition, on, now } = of;
	if (condition.condition === null) return null;
	if (before?.condition === condition.condition) return before.conditionShownAt;
	return (await isShown(tx, house, author, on, condition.condition)) ? now : null;
}
