import { and, eq, inArray } from 'drizzle-orm';
import { talliesOn } from '#lib/ballots/tallies.server.ts';
import { ratedKey } from '#lib/ballots/ratings.ts';
import { NO_TALLY } from '#lib/ballots/tally.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { entriesOf, numbersIn } from '#lib/decisions/entries.server.ts';
import { decisionPath } from '#lib/decisions/links.ts';
import { batches } from '#lib/decisions/record.server.ts';
import { decision, disposition } from '#lib/decisions/schema.server.ts';
import type { Entry } from '#lib/decisions/views.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import type { Run } from '#lib/documents/provenance/runs.ts';
import { flatText } from '#lib/documents/provenance/shares.ts';
import type {
	Reasoned,
	Source,
	SuggestionSource,
	Writer
} from '#lib/documents/provenance/source.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import { capacitiesThen } from '#lib/people/capacities-then.server.ts';
import { orgName } from '#lib/people/holders.server.ts';
import { namesAgreed } from '#lib/people/naming.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
import type { Provenance } from './provenance.server.ts';

/** More runs than this are not an answer any more. */
export const MOST_SOURCES = 200;
const LONGEST_WORDS = 200;

/** Who is named: those who agreed to it; or everybody, for those who write the text with them. */
export type Naming = 'agreed' | 'all';

/**
 * What is known of runs of a text: who wrote them and in which capacity, and the suggestion, its thread and
 * support, the decision and its reason, as far as everybody may read them (V2). Names as they may be
 * shown at this moment.
 */
export async function sourcesOf(
	house: House,
	document: DocumentRow,
	{ blocks }: Pick<Provenance, 'blocks'>,
	runs: readonly Run[],
	naming: Naming = 'agreed'
): Promise<Source[]> {
	const { db } = house.store;
	const told = runs.slice(0, MOST_SOURCES);
	const [branches, made] = await Promise.all([
		branchesOf(db, told),
		decisionsOf(house, document, told)
	]);
	const ids = [...branches.values()].flatMap(({ contributionId }) => contributionId ?? []);
	const all = [...new Set([...ids, ...[...made.partly.values()].flat()])];
	const stamps = await stampsOf(db, all);
	const people = [...told, ...stamps.values()].map(({ personId }) => personId);
	const begun = told.some(({ way }) => way === 'begun') && document.ownerOrgId;
	const [suggestions, names, spokenAs, org] = await Promise.all([
		suggestionsOf(house, document, blocks, all),
		naming === 'all' ? namesOf(db, people) : namesAgreed(db, people),
		capacitiesThen(db, people),
		begun ? orgName(db, begun) : undefined
	]);
	const writer = (personId: string, capacity: Writer['capacity']): Writer => {
		return { name: names.get(personId) ?? null, gone: !names.has(personId), capacity };
	};
	const text = flatText(blocks);
	return told.map((run): Source => {
		const { personId, way, from, to, at } = run;
		const beginning = branches.get(run.branchId ?? '');
		const id = beginning?.contributionId ?? '';
		const stamp = beginning?.createdBy === personId ? stamps.get(id) : undefined;
		const suggestion = suggestions.get(id);
		const changed = made.partly.get(run.decisionId ?? '') ?? [];
		const onTopOf = (way === 'edited' ? changed : []).flatMap((one) => {
			const { personId: by, capacity } = stamps.get(one)!;
			return [{ href: suggestions.get(one)?.href ?? null, writer: writer(by, capacity) }];
		});
		return {
			...{ from, to, way, at, words: shortened(text.slice(from, to)), onTopOf },
			writer: writer(personId, stamp?.capacity ?? spokenAs(personId, at)),
			suggestion: suggestion ? { ...suggestion, partly: changed.includes(id) } : null,
			takenDown: way === 'suggested' && !suggestion,
			decision: made.decisions.get(run.decisionId ?? '') ?? null,
			restored: made.decisions.get(run.restoredBy ?? '') ?? null,
			org: way === 'begun' ? (org ?? null) : null
		};
	});
}

type BranchFacts = { contributionId: string | null; createdBy: string };

/** The branches that runs came by. */
export async function branchesOf(
	db: Db,
	runs: readonly Pick<Run, 'branchId'>[]
): Promise<Map<string, BranchFacts>> {
	const found = new Map<string, BranchFacts>();
	for (const some of batches(distinct(runs.map(({ branchId }) => branchId)))) {
		const rows = await db
			.select({
				id: branch.id,
				contributionId: branch.contributionId,
				createdBy: branch.createdBy
			})
			.from(branch)
			.where(inArray(branch.id, some));
		for (const { id, ...facts } of rows) found.set(id, facts);
	}
	return found;
}

type Stamp = Pick<typeof contribution.$inferSelect, 'personId' | 'capacity'>;

/** Whose suggestions are, and in which capacity they were made, whatever became of their words. */
export async function stampsOf(db: Db, ids: readonly string[]): Promise<Map<string, Stamp>> {
	const found = new Map<string, Stamp>();
	for (const some of batches(ids)) {
		const rows = await db
			.select({
				id: contribution.id,
				personId: contribution.personId,
				capacity: contribution.capacity
			})
			.from(contribution)
			.where(inArray(contribution.id, some));
		for (const { id, ...stamp } of rows) found.set(id, stamp);
	}
	return found;
}

async function decisionsOf(house: House, { slug }: DocumentRow, runs: readonly Run[]) {
	const { db } = house.store;
	const decisions = new Map<string, Reasoned>();
	/** The suggestions of which a decision took in a part, or that the team changed on top. */
	const partly = new Map<string, string[]>();
	const ids = runs.flatMap(({ decisionId, restoredBy }) => [decisionId, restoredBy]);
	for (const some of batches(distinct(ids))) {
		const [rows, said] = await Promise.all([
			db.select().from(decision).where(inArray(decision.id, some)),
			db
				.select({ id: disposition.decisionId, contributionId: disposition.contributionId })
				.from(disposition)
				.where(and(inArray(disposition.decisionId, some), eq(disposition.outcome, 'partly')))
		]);
		for (const { id, number, reason, at } of rows) {
			decisions.set(id, { number, reason, at, href: decisionPath(slug, number) });
		}
		for (const { id, contributionId } of said) {
			partly.set(id, [...(partly.get(id) ?? []), contributionId]);
		}
	}
	return { decisions, partly };
}

/** The numbers of a document's decisions, by id. */
export async function decisionNumbers(db: Db, documentId: string): Promise<Map<string, number>> {
	const rows = await db
		.select({ id: decision.id, number: decision.number })
		.from(decision)
		.where(eq(decision.documentId, documentId));
	return new Map(rows.map(({ id, number }) => [id, number]));
}

/** Suggestions as everybody may read them; those that may not be read are absent. */
async function suggestionsOf(
	house: House,
	{ id: documentId, slug }: DocumentRow,
	blocks: Provenance['blocks'],
	ids: readonly string[]
): Promise<Map<string, Omit<SuggestionSource, 'partly'>>> {
	if (ids.length === 0) return new Map();
	const [entries, tallies] = await Promise.all([
		entriesOf(house, { slug, text: numbersIn(blocks) }, ids),
		talliesOn(house, documentId)
	]);
	const shown = entries.filter(({ status }) => status === 'published');
	return new Map(
		shown.map((entry: Entry) => {
			const tally = tallies.get(ratedKey({ type: 'suggestion', id: entry.id })) ?? NO_TALLY;
			return [
				entry.id,
				{
					href: entry.href,
					replies: entry.replies,
					threadHref: `${entry.href}#replies`,
					supportHref: `${entry.href}#support`,
					tally: {
						support: tally.strong + tally.mild,
						conditional: tally.if,
						against: tally.against + tally.against2
					}
				}
			];
		})
	);
}

const distinct = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null);

function shortened(text: string): string {
	const line = text.replaceAll('\uFFFC', '').replace(/\s+/g, ' ').trim();
	return line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS - 1)}…`;
}
