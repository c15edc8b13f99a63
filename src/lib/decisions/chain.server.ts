import { hash } from 'node:crypto';
import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import type { Cite, Verdict } from './kinds.ts';
import { decision, disposition, type DecisionRow } from './schema.server.ts';

/** What the first decision on a document is chained to. */
export const NO_HASH = '0'.repeat(64);

/** SHA-256 of some words, in lower-case hexadecimal. */
export function wordsHash(words: string): string {
	return hash('sha256', words);
}

type Sealed = Omit<DecisionRow, 'id' | 'reason' | 'hash'>;

/** The hash of a decision, as README.md says it (A2). */
export function decisionHash(row: Sealed, verdicts: readonly Verdict[]): string {
	const { prevHash, documentId, number, kind, decidedBy, at, reasonHash, undoes } = row;
	const said = verdicts
		.map(({ contributionId, outcome }) => [contributionId, outcome])
		.toSorted(([a], [b]) => (a! < b! ? -1 : 1));
	const facts = [prevHash, documentId, number, kind, decidedBy, at, reasonHash, undoes];
	return wordsHash(
		JSON.stringify(['folkmoot-decision 1', ...facts, row.cites.map(citeFacts), said])
	);
}

/** A database may hand the keys of an object back in another order; an array keeps its own. */
function citeFacts(cite: Cite): unknown[] {
	return cite.type === 'rows' ? [cite.type, cite.from, cite.to] : [cite.type, cite.id];
}

/** How many decisions a document has, and the number of the first that breaks the chain, if any. */
export interface Verified {
	count: number;
	brokenAt: number | null;
	/** The last decision's hash: whoever keeps it can tell later that nothing before it changed. */
	head: string;
}

const AT_ONCE = 200;

/** Checks the chain of a document's decisions from the first to the last (A2). */
export async function verifyDecisions(house: House, documentId: string): Promise<Verified> {
	const { db } = house.store;
	let before = { number: 0, hash: NO_HASH };
	for (;;) {
		const rows = await db
			.select()
			.from(decision)
			.where(and(eq(decision.documentId, documentId), gt(decision.number, before.number)))
			.orderBy(asc(decision.number))
			.limit(AT_ONCE);
		const verdicts = await verdictsOf(
			house,
			rows.map(({ id }) => id)
		);
		for (const row of rows) {
			const holds =
				row.number === before.number + 1 &&
				row.prevHash === before.hash &&
				row.reasonHash === wordsHash(row.reason) &&
				row.hash === decisionHash(row, verdicts.get(row.id) ?? []);
			if (!holds) return { count: row.number, brokenAt: row.number, head: before.hash };
			before = { number: row.number, hash: row.hash };
		}
		if (rows.length < AT_ONCE) return { count: before.number, brokenAt: null, head: before.hash };
	}
}

/** What decisions say of which contributions, whether still in force or not. */
export async function verdictsOf(house: House, ids: string[]): Promise<Map<string, Verdict[]>> {
	const found = new Map<string, Verdict[]>();
	if (ids.length === 0) return found;
	const rows = await house.store.db
		.select({
			decisionId: disposition.decisionId,
			contributionId: disposition.contributionId,
			outcome: disposition.outcome
		})
		.from(disposition)
		.where(inArray(disposition.decisionId, ids));
	for (const { decisionId, ...verdict } of rows) {
		const own = found.get(decisionId);
		if (own) own.push(verdict);
		else found.set(decisionId, [verdict]);
	}
	return found;
}
