import { and, asc, desc, eq, gte, inArray, lte } from 'drizzle-orm';
import { decision, disposition } from '#lib/decisions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { insertedBy } from '#lib/documents/provenance/inserted.ts';
import { countCharacters, flatText } from '#lib/documents/provenance/shares.ts';
import { documentVersion, type DocumentRow } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { readProvenance, type LiveLog, type Provenance } from './provenance.server.ts';

/** How many characters of an accepted suggestion stand in a text. */
export interface Whereabouts {
	/** How many it brought; null when the log no longer holds them. */
	brought: number | null;
	/** The text as it is now, then the newest version since. */
	texts: Array<{ version: number | null; characters: number }>;
}

/** What became of the words of a suggestion on a document its reader has found; null: never accepted. */
export async function whereaboutsOf(
	house: House,
	live: LiveLog,
	document: DocumentRow,
	contributionId: string
): Promise<Whereabouts | null> {
	const [from] = await house.store.db
		.select({ branchId: branch.id })
		.from(branch)
		.where(eq(branch.contributionId, contributionId));
	if (!from) return null;
	const { branchId } = from;
	const rows = await rowsOf(house, { contributionId, branchId });
	if (rows.length === 0) return null;
	const whole = rows.every(({ erased }) => !erased);
	const letters = whole ? insertedBy(rows.map(({ update }) => update)) : null;
	const brought = letters === null ? null : countCharacters(letters);
	// Of a suggestion that only takes words away none can be found.
	if (brought === 0) return null;
	const [version] = await house.store.db
		.select({ number: documentVersion.number })
		.from(documentVersion)
		.where(
			and(eq(documentVersion.documentId, document.id), gte(documentVersion.seq, rows.at(-1)!.seq))
		)
		.orderBy(desc(documentVersion.number))
		.limit(1);
	const texts: Whereabouts['texts'] = [];
	for (const number of version ? [null, version.number] : [null]) {
		const found = await readProvenance(house, live, document, number);
		texts.push({ version: number, characters: charactersOf(found, branchId) });
	}
	return { brought, texts };
}

function charactersOf({ blocks, runs }: Provenance, branchId: string): number {
	const text = flatText(blocks);
	return runs
		.filter((run) => run.branchId === branchId)
		.reduce((sum, { from, to }) => sum + countCharacters(text.slice(from, to)), 0);
}

/** The rows of the log by which a decision took a suggestion in. */
async function rowsOf(
	house: House,
	{ contributionId, branchId }: { contributionId: string; branchId: string }
) {
	const { db } = house.store;
	const decisions = await db
		.select({ documentId: decision.documentId, cites: decision.cites })
		.from(decision)
		.innerJoin(disposition, eq(disposition.decisionId, decision.id))
		.where(
			and(
				eq(disposition.contributionId, contributionId),
				eq(decision.kind, 'accept'),
				inArray(disposition.outcome, ['accepted', 'partly'])
			)
		);
	for (const { documentId, cites } of decisions) {
		const cited = cites.find((cite) => cite.type === 'rows');
		if (!cited) continue;
		return db
			.select({
				seq: documentUpdate.seq,
				update: documentUpdate.update,
				erased: documentUpdate.erased
			})
			.from(documentUpdate)
			.where(
				and(
					eq(documentUpdate.documentId, documentId),
					gte(documentUpdate.seq, cited.from),
					lte(documentUpdate.seq, cited.to),
					eq(documentUpdate.branchId, branchId)
				)
			)
			.orderBy(asc(documentUpdate.seq));
	}
	return [];
}
