import { and, countDistinct, desc, eq, inArray } from 'drizzle-orm';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { documentVersion, type DocumentRow } from '#lib/documents/schema.server.ts';
import { numberClauses, plainText, type Block } from '#lib/documents/text/blocks.ts';
import type { House } from '#lib/server/house.ts';
import type { OverviewQuery } from './inputs.ts';
import { RATED_TYPES, ratedKey, type Rated, type RatedType } from './ratings.ts';
import { rating } from './schema.server.ts';
import { talliesOn, type Tallies } from './tallies.server.ts';
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
	/** Of how many things of each kind somebody said it. */
	counts: Record<RatedType, number>;
	/** The kind that is shown: the one asked for, or else the first there is any of. */
	kind: RatedType;
	rows: OverviewRow[];
	page: number;
	pages: number;
}

/** How many supported things a page shows. */
export const PAGE = 25;
const EXCERPT = 140;

/**
 * The support on a document its reader has found, one kind of thing at a time: clauses in the order of the
 * text, suggestions of most people first, the newest version first.
 */
export async function overviewOf(
	house: House,
	live: LiveText,
	document: DocumentRow,
	asked: OverviewQuery = { page: 1 }
): Promise<Overview> {
	const [tallies, { blocks }, people] = await Promise.all([
		talliesOn(house, document.id, live),
		live.read(document.id),
		peopleOn(house, document.id)
	]);
	const ids = await ratedIds(house, document.id, tallies, blocks);
	const kind = [asked.kind, ...RATED_TYPES].find((one) => one && ids[one].length > 0) ?? 'clause';
	const pages = Math.max(1, Math.ceil(ids[kind].length / PAGE));
	const page = Math.min(asked.page, pages);
	const shown = ids[kind].slice((page - 1) * PAGE, page * PAGE);
	const words = await wordsOf(house, blocks, kind, shown);
	const rows = shown.flatMap((id): OverviewRow[] => {
		const said = words.get(id);
		if (!said) return [];
		const { byCapacity: _, ...tally } = tallies.get(ratedKey({ type: kind, id }))!;
		return [{ type: kind, id, number: said.number, words: shortened(said.words), tally }];
	});
	const counts = {
		clause: ids.clause.length,
		suggestion: ids.suggestion.length,
		version: ids.version.length
	};
	return { people, counts, kind, rows, page, pages };
}

/** Which things have support, in the order they are listed in. */
async function ratedIds(
	house: House,
	documentId: string,
	tallies: Tallies,
	blocks: readonly Block[]
): Promise<Record<RatedType, string[]>> {
	const rated = (type: RatedType, rows: ReadonlyArray<{ id: string }>) =>
		rows.flatMap(({ id }) => (tallies.has(ratedKey({ type, id })) ? [id] : []));
	const people = (id: string) => tallies.get(ratedKey({ type: 'suggestion', id }))!.total;
	const [suggestions, versions] = await Promise.all([
		publishedSuggestions(house, documentId),
		house.store.db
			.select({ id: documentVersion.id })
			.from(documentVersion)
			.where(eq(documentVersion.documentId, documentId))
			.orderBy(desc(documentVersion.number))
	]);
	return {
		clause: rated('clause', blocks),
		suggestion: rated('suggestion', suggestions).sort((a, b) => people(b) - people(a)),
		version: rated('version', versions)
	};
}

type Words = Pick<OverviewRow, 'number' | 'words'>;

/** What things of one kind say; a suggestion, what it changes. */
async function wordsOf(
	house: House,
	blocks: readonly Block[],
	kind: RatedType,
	ids: string[]
): Promise<Map<string, Words>> {
	const { db } = house.store;
	if (kind === 'clause') {
		const numbers = numberClauses(blocks);
		const shown = blocks.filter(({ id }) => ids.includes(id));
		return new Map(
			shown.map((one) => [one.id, { number: numbers.get(one.id) ?? null, words: plainText(one) }])
		);
	}
	if (kind === 'version') {
		const { id, number, title } = documentVersion;
		const rows = await db
			.select({ id, number, title })
			.from(documentVersion)
			.where(inArray(id, ids));
		return new Map(rows.map((one) => [one.id, { number: String(one.number), words: one.title }]));
	}
	const rows = await db
		.select({ id: contribution.id, body: contribution.body, summary: branch.summary })
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(inArray(contribution.id, ids));
	return new Map(
		rows.map(({ id, body, summary }) => [id, { number: null, words: summary?.text || body }])
	);
}

function shortened(words: string): string {
	const line = words.replace(/\s+/g, ' ').trim();
	if (line.length <= EXCERPT) return line;
	return `${line.slice(0, EXCERPT).replace(/\s+\S*$/, '')}…`;
}

/** Oldest first, so that those of as many people keep their order from page to page. */
function publishedSuggestions(house: House, documentId: string): Promise<Array<{ id: string }>> {
	return house.store.db
		.select({ id: contribution.id })
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(
			and(
				eq(contribution.documentId, documentId),
				eq(contribution.kind, 'suggestion'),
				eq(contribution.status, 'published')
			)
		)
		.orderBy(contribution.id);
}

async function peopleOn(house: House, documentId: string): Promise<number> {
	const [row] = await house.store.db
		.select({ people: countDistinct(rating.personId) })
		.from(rating)
		.where(eq(rating.documentId, documentId));
	return Number(row?.people ?? 0);
}
