import { and, count, desc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { branch, branchMember } from '#lib/documents/branches/schema.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { numberClauses } from '#lib/documents/text/blocks.ts';
import type { Actor } from '#lib/people/actor.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { House } from '#lib/server/house.ts';
import { maySee } from './policy.ts';
import { contribution } from './schema.server.ts';
import { SUGGESTION_SHOWS, type SuggestionLine, type SuggestionShow } from './suggestion-views.ts';
import { suggestionsOn, type Suggestions } from './suggestions.server.ts';

/** How many suggestions a page of the list shows. */
export const SUGGESTIONS_PER_PAGE = 20;

export interface SuggestionQuery {
	show: SuggestionShow;
	page: number;
	/** Only those that change this block. */
	block?: string | undefined;
}

export interface SuggestionList {
	items: SuggestionLine[];
	/** How many each filter would show (within the clause asked for, if any). */
	counts: Record<SuggestionShow, number>;
	total: number;
	page: number;
	pages: number;
	/** The clause asked for, as the text numbers it now. */
	number: string | null;
}

type Live = Pick<LiveEngine, 'read' | 'stateOf'>;
type Row = Awaited<ReturnType<typeof rowsOf>>[number];

/** A page of a document's suggestions, for a document its reader has found; newest first. */
export async function listSuggestions(
	house: House,
	live: Live,
	actor: Actor,
	document: DocumentRow,
	query: SuggestionQuery
): Promise<SuggestionList> {
	const [all, suggestions] = await Promise.all([
		rowsOf(house, document.id),
		suggestionsOn(house, live, document.id)
	]);
	const { block } = query;
	const seen = all
		.filter((row) => maySee(actor, row))
		.filter((row) => block === undefined || blocksOf(row, suggestions).includes(block));
	const shows = (show: SuggestionShow) =>
		seen.filter((row) => matches(show, row, suggestions, actor));
	const shown = shows(query.show);
	const pages = Math.max(1, Math.ceil(shown.length / SUGGESTIONS_PER_PAGE));
	const page = Math.min(query.page, pages);
	const slice = shown.slice((page - 1) * SUGGESTIONS_PER_PAGE, page * SUGGESTIONS_PER_PAGE);
	const counts = Object.fromEntries(SUGGESTION_SHOWS.map((show) => [show, shows(show).length]));
	return {
		items: await linesFor(house, suggestions, slice),
		counts: counts as SuggestionList['counts'],
		total: shown.length,
		page,
		pages,
		number: (block && numberClauses(suggestions.text).get(block)) || null
	};
}

/** Suggestions as lines, in the order of these ids; those that are not there are left out. */
export async function suggestionLines(
	house: House,
	live: Live,
	documentId: string,
	ids: readonly string[]
): Promise<SuggestionLine[]> {
	if (ids.length === 0) return [];
	const [rows, suggestions] = await Promise.all([
		rowsOf(house, documentId, ids),
		suggestionsOn(house, live, documentId)
	]);
	const lines = await linesFor(house, suggestions, rows);
	const byId = new Map(lines.map((line) => [line.id, line]));
	return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What a list needs of every suggestion to choose among them. */
function rowsOf(house: House, documentId: string, ids?: readonly string[]) {
	return house.store.db
		.select({
			id: contribution.id,
			personId: contribution.personId,
			documentId: contribution.documentId,
			parentId: contribution.parentId,
			status: contribution.status,
			outcome: contribution.outcome,
			capacity: contribution.capacity,
			reason: contribution.body,
			createdAt: contribution.createdAt,
			branchId: branch.id,
			epoch: branch.epoch,
			summary: branch.summary
		})
		.from(contribution)
		.innerJoin(branch, eq(branch.contributionId, contribution.id))
		.where(
			and(
				eq(contribution.documentId, documentId),
				eq(contribution.kind, 'suggestion'),
				isNull(contribution.parentId),
				ne(contribution.status, 'withdrawn'),
				ids && inArray(contribution.id, [...ids])
			)
		)
		.orderBy(desc(contribution.createdAt), desc(contribution.id));
}

function isOpen({ status, outcome }: Row): boolean {
	return status === 'published' && outcome === null;
}

function matches(show: SuggestionShow, row: Row, suggestions: Suggestions, actor: Actor): boolean {
	switch (show) {
		case 'open':
			return isOpen(row);
		case 'overlaps':
			return isOpen(row) && suggestions.overlapping(row.branchId).length > 0;
		case 'answered':
			return row.outcome !== null;
		case 'mine':
			return row.personId === actor.person?.id;
		case 'all':
			return true;
	}
}

/** The blocks it changes: now, while it is open; else those it changed when it was published. */
function blocksOf(row: Row, { blocks, byBlock }: Suggestions): string[] {
	if (!isOpen(row)) return row.summary?.blockIds ?? [];
	return blocks.flatMap(({ block }) =>
		byBlock.get(block.id)?.includes(row.branchId) ? [block.id] : []
	);
}

async function linesFor(
	house: House,
	suggestions: Suggestions,
	rows: readonly Row[]
): Promise<SuggestionLine[]> {
	if (rows.length === 0) return [];
	const { db } = house.store;
	const [others, replies] = await Promise.all([
		db
			.select({ branchId: branchMember.branchId, personId: branchMember.personId })
			.from(branchMember)
			.where(
				and(
					inArray(
						branchMember.branchId,
						rows.map((row) => row.branchId)
					),
					isNotNull(branchMember.joinedAt)
				)
			),
		db
			.select({ id: contribution.parentId, replies: count() })
			.from(contribution)
			.where(
				and(
					inArray(
						contribution.parentId,
						rows.map((row) => row.id)
					),
					eq(contribution.status, 'published')
				)
			)
			.groupBy(contribution.parentId)
	]);
	const people = [...rows, ...others].map(({ personId }) => personId);
	const names = await namesOf(db, [...new Set(people)]);
	const counted = new Map(replies.map((row) => [row.id, row.replies]));
	const numbers = numberClauses(suggestions.text);
	const lost = new Set([...suggestions.stale, ...suggestions.outOfPlace]);
	return rows.map((row): SuggestionLine => {
		const now = isOpen(row) ? suggestions.summaryOf(row.branchId) : null;
		const { parts, text, more } = now ?? row.summary ?? { parts: [], text: '', more: 0 };
		const blockId = blocksOf(row, suggestions)[0] ?? row.summary?.blockIds[0] ?? null;
		const mates = others.filter(({ branchId }) => branchId === row.branchId);
		return {
			id: row.id,
			branchId: row.branchId,
			author: { id: row.personId, name: names.get(row.personId) ?? '' },
			others: mates.map(({ personId }) => names.get(personId) ?? ''),
			capacity: row.capacity,
			reason: row.reason,
			createdAt: row.createdAt,
			parts,
			text,
			more,
			blockId,
			number: (blockId && numbers.get(blockId)) || null,
			replies: counted.get(row.id) ?? 0,
			overlaps: suggestions
				.overlapping(row.branchId)
				.flatMap((id) => suggestions.open.get(id)?.contributionId ?? []),
			stale: lost.has(row.branchId),
			gone: isOpen(row) && now === null,
			outcome: row.outcome,
			held: row.status === 'held'
		};
	});
}
