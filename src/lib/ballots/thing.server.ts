import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import { documentVersion, type DocumentRow } from '#lib/documents/schema.server.ts';
import { numberClauses, plainText } from '#lib/documents/text/blocks.ts';
import { NotFound } from '#lib/errors.ts';
import type { House } from '#lib/server/house.ts';
import { isRateable } from './policy.ts';
import { canonicalPassage, type Passage } from './rated-words.ts';
import type { Rated } from './ratings.ts';

/** The part of the live engine that this area reads. */
export type LiveText = Pick<LiveEngine, 'read'>;

/** A thing that can be supported, as it is now. */
export interface Thing extends Rated {
	/** What support for it names. */
	hash: string;
	/** Where in the log of main this is. */
	seq: number;
	/** The clause's number, the version's; null for others. */
	number: string | null;
	/** Its words in short; of a suggestion, what it changes. */
	words: string;
	/** What the hash is of, where nobody else keeps it. */
	text: string | null;
	/** Answered already: its support is settled (B2). */
	settled: boolean;
}

/** SHA-256 over the canonical words and marks of one block; what `contentHash([block])` gives. */
export function passageHash(block: Passage): string {
	return createHash('sha256').update(canonicalPassage(block)).digest('hex');
}

/** The thing on a document its reader has found; NotFound when it is not there to be supported (B2). */
export async function thingOf(
	house: House,
	live: LiveText,
	document: DocumentRow,
	rated: Rated
): Promise<Thing> {
	const { seq, blocks } = await live.read(document.id);
	if (rated.type === 'suggestion') return suggestionOf(house, document, rated, seq);
	if (rated.type === 'version') return versionOf(house, document, rated, seq);
	const block = blocks.find((one) => one.id === rated.id);
	if (!block || !isRateable(block)) throw new NotFound('clause_not_found');
	return {
		...rated,
		seq,
		hash: passageHash(block),
		number: numberClauses(blocks).get(block.id) ?? null,
		words: plainText(block),
		text: canonicalPassage(block),
		settled: false
	};
}

async function suggestionOf(
	house: House,
	document: DocumentRow,
	{ type, id }: Rated,
	seq: number
): Promise<Thing> {
	const [row] = await house.store.db
		.select({
			status: contribution.status,
			outcome: contribution.outcome,
			body: contribution.body,
			hash: branch.contentHash,
			summary: branch.summary
		})
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(and(eq(contribution.id, id), eq(contribution.documentId, document.id)));
	if (!row?.hash || row.status !== 'published') throw new NotFound('suggestion_not_found');
	const { hash, summary, body, outcome } = row;
	const words = summary?.text || body;
	return { type, id, seq, hash, number: null, words, text: null, settled: outcome !== null };
}

async function versionOf(
	house: House,
	document: DocumentRow,
	{ type, id }: Rated,
	seq: number
): Promise<Thing> {
	const [row] = await house.store.db
		.select({
			number: documentVersion.number,
			title: documentVersion.title,
			hash: documentVersion.contentHash
		})
		.from(documentVersion)
		.where(and(eq(documentVersion.id, id), eq(documentVersion.documentId, document.id)));
	if (!row) throw new NotFound('version_not_found');
	const { hash, title } = row;
	return {
		...{ type, id, seq, hash, words: title, text: null, settled: false },
		number: String(row.number)
	};
}
