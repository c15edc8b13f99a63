import { and, eq, inArray } from 'drizzle-orm';
import { signedIn } from '#lib/contributions/scene.server.ts';
import { compareWords } from '#lib/documents/compare/words.ts';
import { inlineHtml } from '#lib/documents/render/inline.ts';
import type { Mark } from '#lib/documents/render/paint.ts';
import { numberClauses, type Span } from '#lib/documents/text/blocks.ts';
import { Conflict, NotFound } from '#lib/errors.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import { Hashes, ownRows, ownView } from './own.server.ts';
import { keepText, record, speaking, told } from './rate.server.ts';
import { canonicalPassage, readPassage } from './rated-words.ts';
import type { OwnRating } from './ratings.ts';
import { ratedText, rating, type RatingRow } from './schema.server.ts';
import { talliesOn } from './tallies.server.ts';
import { thingOf, type LiveText } from './thing.server.ts';

/** Support somebody gave to a clause that reads differently now, with the difference. */
export interface StaleRating {
	own: OwnRating;
	/** The clause's number; null where it has none, or is gone. */
	number: string | null;
	/** The hash of the clause as it reads now; null when it is gone. */
	hash: string | null;
	/** What changed since, with `<ins>` and `<del>`, every character escaped. */
	html: string;
}

/** One's own support that the text has moved away from, in the order of the text (B4). */
export async function staleRatingsOf(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string
): Promise<StaleRating[]> {
	const reading = await live.read(documentId);
	const hashes = new Hashes(reading);
	const stale = (await ownRows(house, actor, documentId))
		.map(({ row, met }) => ({ row, own: ownView(row, met, hashes.of(row)) }))
		.filter(({ own }) => own.stale);
	if (stale.length === 0) return [];
	const texts = await textsOf(house, [...new Set(stale.map(({ row }) => row.textHash))]);
	const numbers = numberClauses(reading.blocks);
	const order = new Map(reading.blocks.map((block, at) => [block.id, at]));
	return stale
		.map(({ row, own }) => {
			const block = reading.blocks[order.get(row.targetId) ?? -1];
			const now = block ? canonicalPassage(block) : null;
			return {
				own,
				number: (block && numbers.get(block.id)) ?? null,
				hash: block ? hashes.of(row) : null,
				html: diffHtml(texts.get(row.textHash) ?? '', now, row.targetId)
			};
		})
		.sort((a, b) => (order.get(a.own.id) ?? Infinity) - (order.get(b.own.id) ?? Infinity));
}

async function textsOf(house: House, hashes: string[]): Promise<Map<string, string>> {
	const rows = await house.store.db
		.select({ hash: ratedText.hash, text: ratedText.text })
		.from(ratedText)
		.where(inArray(ratedText.hash, hashes));
	return new Map(rows.map(({ hash, text }) => [hash, text]));
}

/** Two kept passages as one, with what went and what came. */
function diffHtml(before: string, after: string | null, blockId: string): string {
	const parts = compareWords(readPassage(before), after ? readPassage(after) : { spans: [] });
	const pieces = parts.flatMap(({ op, spans }) => {
		const kind = op === 'ins' ? 'insertion' : 'deletion';
		const marks: Mark[] = op === 'equal' ? [] : [{ from: 0, to: 1, kind }];
		return spans.filter(isWords).map((span, at) => ({ span, at, marks }));
	});
	return inlineHtml(pieces, { blockId, noteNumber: () => undefined, prefix: 'was-' });
}

/** The footnotes themselves are not on the page that shows this. */
function isWords(span: Span): boolean {
	return 'text' in span || span.embed.type !== 'note';
}

/**
 * Says that one sees it the same way on the text as it reads now (B4). NotFound `rating_not_found`;
 * Conflict `text_changed` when the clause changed again since it was shown.
 */
export async function reconfirm(
	house: House,
	live: LiveText,
	actor: Actor,
	input: { rating: string; seen: string }
): Promise<RatingRow> {
	const { row } = await mine(house, actor, input.rating);
	const { document } = await speaking(house, actor, row.documentId);
	const thing = await thingOf(house, live, document, { type: row.targetType, id: row.targetId });
	if (thing.hash !== input.seen) throw new Conflict('text_changed');
	if (thing.hash === row.textHash) return row;
	const now = house.clock();
	const fresh = await house.store.transact(async (tx) => {
		await keepText(tx, thing, now);
		const [fresh] = await tx
			.update(rating)
			.set({ textHash: thing.hash, seq: thing.seq, changedAt: now, askedHash: null })
			.where(and(eq(rating.id, row.id), eq(rating.textHash, row.textHash)))
			.returning();
		if (fresh) await record(tx, fresh, 'rating.reconfirmed', now);
		return fresh ?? row;
	});
	told(house, fresh);
	return fresh;
}

async function mine(house: House, actor: Actor, id: string): Promise<{ row: RatingRow }> {
	const { person } = signedIn(actor);
	const [row] = await house.store.db
		.select()
		.from(rating)
		.where(and(eq(rating.id, id), eq(rating.personId, person.id)));
	if (!row) throw new NotFound('rating_not_found');
	return { row };
}

/** Somebody to be asked whether they still see a clause so: once for each new text of it. */
export interface Asking {
	ratingId: string;
	personId: string;
	blockId: string;
	/** The text they are asked about. */
	hash: string;
}

/** A text that is being written is not asked about: it has to have rested this long. */
const REST_MS = 10 * 60_000;

/** Whom to ask about clauses that changed; nobody while the text is being written (B4). */
export async function toAsk(house: House, live: LiveText, documentId: string): Promise<Asking[]> {
	const reading = await live.read(documentId);
	if (house.clock() - reading.changedAt < REST_MS) return [];
	const tallies = await talliesOn(house, documentId, live);
	const changed = [...tallies]
		.filter(([key, tally]) => key.startsWith('clause:') && tally.stale > 0)
		.map(([key]) => key.slice('clause:'.length));
	if (changed.length === 0) return [];
	const hashes = new Hashes(reading);
	const rows = await house.store.db
		.select()
		.from(rating)
		.where(
			and(
				eq(rating.documentId, documentId),
				eq(rating.targetType, 'clause'),
				inArray(rating.targetId, changed)
			)
		);
	return rows
		.filter((row) => ownView(row, false, hashes.of(row)).ask)
		.map((row) => ({
			ratingId: row.id,
			personId: row.personId,
			blockId: row.targetId,
			hash: hashes.of(row)
		}));
}

/** Notes that people were asked; inside the transaction that asks them. */
export async function markAsked(
	tx: Db,
	asked: ReadonlyArray<Pick<Asking, 'ratingId' | 'hash'>>
): Promise<void> {
	for (const { ratingId, hash } of asked) {
		await tx.update(rating).set({ askedHash: hash }).where(eq(rating.id, ratingId));
	}
}

/** "Not now": one is not asked again about these texts, and what one gave stays as it is. */
export async function askLater(
	house: House,
	live: LiveText,
	actor: Actor,
	documentId: string
): Promise<void> {
	signedIn(actor);
	const hashes = new Hashes(await live.read(documentId));
	const rows = await ownRows(house, actor, documentId);
	const asked = rows
		.filter(({ row, met }) => ownView(row, met, hashes.of(row)).ask)
		.map(({ row }) => ({ ratingId: row.id, hash: hashes.of(row) }));
	if (asked.length > 0) await house.store.transact((tx) => markAsked(tx, asked));
}
