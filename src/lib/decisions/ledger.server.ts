import type { CapacityKind } from '#lib/people/actor.ts';
import type { ContributionKind } from '#lib/contributions/kinds.ts';
import { readDocument } from '#lib/documents/documents.server.ts';
import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Block } from '#lib/documents/text/blocks.ts';
import { plainText } from '#lib/documents/text/blocks.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { entriesOf, numbersIn, type Numbered } from './entries.server.ts';
import { LEDGER_OUTCOMES, type LedgerFilter, type LedgerQuery } from './inputs.ts';
import { linesOn, type Line } from './lines.server.ts';
import type { Clause, Entry, Ledger } from './views.ts';

type Live = Pick<LiveEngine, 'read'>;

/** How many contributions a page of the ledger shows. */
export const PAGE = 50;

/** A page of a document's ledger, for anybody who may read the document (A10). */
export async function readLedger(
	house: House,
	live: Live,
	actor: Actor,
	documentId: string,
	query: LedgerQuery
): Promise<Ledger> {
	const { document } = await readDocument(house, actor, documentId);
	const [all, { blocks }] = await Promise.all([linesOn(house, documentId), live.read(documentId)]);
	const text = numbersIn(blocks);
	const within = all.filter((line) => isWithin(line, { ...query, outcome: 'all' }, text));
	const shown = ordered(
		within.filter((line) => isWithin(line, query, text)),
		query.sort,
		text
	);
	const pages = Math.max(1, Math.ceil(shown.length / PAGE));
	const page = Math.min(query.page, pages);
	const ids = shown.slice((page - 1) * PAGE, page * PAGE).map(({ id }) => id);
	const counts = Object.fromEntries(
		LEDGER_OUTCOMES.map((outcome) => [outcome, within.filter((one) => has(one, outcome)).length])
	) as Ledger['counts'];
	return {
		entries: await entriesOf(house, { slug: document.slug, text }, ids),
		total: shown.length,
		page,
		pages,
		counts,
		...choicesIn(all, blocks, text)
	};
}

const SLICE = 200;

/** The whole ledger that a filter leaves, slice by slice, in the page's order: for downloads. */
export async function* ledgerEntries(
	house: House,
	live: Live,
	document: Pick<DocumentRow, 'id' | 'slug'>,
	filter: LedgerFilter
): AsyncGenerator<Entry[]> {
	const [all, { blocks }] = await Promise.all([
		linesOn(house, document.id),
		live.read(document.id)
	]);
	const text = numbersIn(blocks);
	const ids = ordered(
		all.filter((line) => isWithin(line, filter, text)),
		filter.sort,
		text
	).map(({ id }) => id);
	for (let at = 0; at < ids.length; at += SLICE) {
		yield entriesOf(house, { slug: document.slug, text }, ids.slice(at, at + SLICE));
	}
}

/** `gone` stands for blocks that are no longer in the text. */
const GONE = 'gone';

function isWithin(
	line: Line,
	{ outcome, kind, clause, capacity }: LedgerFilter,
	{ placeOf }: Numbered
): boolean {
	const place = line.blockId !== null && placeOf.has(line.blockId) ? line.blockId : GONE;
	return (
		has(line, outcome) &&
		(!kind || line.kind === kind) &&
		(!clause || place === clause) &&
		(!capacity || line.capacity === capacity)
	);
}

function has(line: Line, outcome: LedgerFilter['outcome']): boolean {
	if (outcome === 'all') return true;
	return outcome === 'waiting' ? line.outcome === null : line.outcome === outcome;
}

/** Lines in the order asked for; those that are equal in it, newest first. */
export function ordered(lines: Line[], sort: LedgerFilter['sort'], { placeOf }: Numbered): Line[] {
	const place = ({ blockId }: Line) => (blockId ? placeOf.get(blockId) : undefined) ?? Infinity;
	const newest = (a: Line, b: Line) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1);
	if (sort === 'clause') {
		const by = (a: Line, b: Line) => (place(a) === place(b) ? 0 : place(a) - place(b));
		return lines.sort((a, b) => by(a, b) || newest(a, b));
	}
	if (sort === 'answered') {
		return lines.sort((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0) || newest(a, b));
	}
	return lines.sort(newest);
}

/** What the filters offer: only what occurs. */
function choicesIn(
	all: readonly Line[],
	blocks: readonly Block[],
	text: Numbered
): Pick<Ledger, 'kinds' | 'capacities' | 'clauses'> {
	const kinds = new Set<ContributionKind>();
	const capacities = new Set<CapacityKind>();
	const places = new Set<string>();
	for (const { kind, capacity, blockId } of all) {
		kinds.add(kind);
		capacities.add(capacity);
		places.add(blockId !== null && text.placeOf.has(blockId) ? blockId : GONE);
	}
	return {
		kinds: [...kinds],
		capacities: [...capacities],
		clauses: clausesOf(places, blocks, text)
	};
}

const WORDS = 5;

/** The blocks that something was said about, in the order of the text, each as a reader finds it. */
export function clausesOf(
	ids: ReadonlySet<string>,
	blocks: readonly Block[],
	{ placeOf, numberOf }: Numbered
): Clause[] {
	const known = [...ids].filter((id) => placeOf.has(id));
	known.sort((a, b) => placeOf.get(a)! - placeOf.get(b)!);
	const clauses: Clause[] = known.map((id) => {
		const words = plainText(blocks[placeOf.get(id)!]!).split(/\s+/);
		const more = words.length > WORDS ? '…' : '';
		return { id, number: numberOf.get(id) ?? null, words: words.slice(0, WORDS).join(' ') + more };
	});
	return ids.has(GONE) ? [...clauses, { id: GONE, number: null, words: '' }] : clauses;
}
