import { and, countDistinct, eq } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { numberClauses, plainText } from '#lib/documents/text/blocks.ts';
import { listVersions } from '#lib/documents/versions.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Rated, RatedType } from './ratings.ts';
import { rating } from './schema.server.ts';
import { talliesOn } from './tallies.server.ts';
import type { Tally } from './tally.ts';
import type { LiveText } from './thing.server.ts';

/** One supported thing in the list of a document. */
export interface OverviewRow extends Rated {
	number: string | null;
	words: string;
	tally: Omit<Tally, 'byCapacity'>;
}

export interface Overview {
	/** Everybody who said how they see anything here, each once. */
	people: number;
	rows: Record<RatedType, OverviewRow[]>;
}

/** Suggestions listed at most, those of most people first. */
const MOST = 100;
const EXCERPT = 140;

/** The support on a document its reader has found: clauses in the order of the text, then the rest. */
export async function overviewOf(
	house: House,
	live: LiveText,
	document: DocumentRow
): Promise<Overview> {
	const [tallies, text] = await Promise.all([
		talliesOn(house, document.id, live),
		live.read(document.id)
	]);
	const numbers = numberClauses(text.blocks);
	const rowOf = (type: RatedType, id: string, words: string, number: string | null) => {
		const tally = tallies.get(`${type}:${id}`);
		if (!tally) return [];
		const { byCapacity: _, ...shown } = tally;
		return [{ type, id, number, words: shortened(words), tally: shown }];
	};
	const [suggestions, versions, people] = await Promise.all([
		suggestionWords(house, document.id, [...tallies.keys()]),
		listVersions(house, document.id),
		peopleOn(house, document.id)
	]);
	return {
		people,
		rows: {
			clause: text.blocks.flatMap((block) =>
				rowOf('clause', block.id, plainText(block), numbers.get(block.id) ?? null)
			),
			suggestion: suggestions
				.flatMap(({ id, words }) => rowOf('suggestion', id, words, null))
				.sort((a, b) => b.tally.total - a.tally.total)
				.slice(0, MOST),
			version: versions.flatMap(({ id, title, number }) =>
				rowOf('version', id, title, String(number))
			)
		}
	};
}

function shortened(words: string): string {
	const line = words.replace(/\s+/g, ' ').trim();
	if (line.length <= EXCERPT) return line;
	return `${line.slice(0, EXCERPT).replace(/\s+\S*$/, '')}…`;
}

async function suggestionWords(house: House, documentId: string, keys: string[]) {
	if (!keys.some((key) => key.startsWith('suggestion:'))) return [];
	const rows = await house.store.db
		.select({ id: contribution.id, body: contribution.body, summary: branch.summary })
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(
			and(
				eq(contribution.documentId, documentId),
				eq(contribution.kind, 'suggestion'),
				eq(contribution.status, 'published')
			)
		);
	return rows.map(({ id, body, summary }) => ({ id, words: summary?.text || body }));
}

async function peopleOn(house: House, documentId: string): Promise<number> {
	const [row] = await house.store.db
		.select({ people: countDistinct(rating.personId) })
		.from(rating)
		.where(eq(rating.documentId, documentId));
	return Number(row?.people ?? 0);
}
