import { and, eq, inArray } from 'drizzle-orm';
import { person } from '#lib/people/schema.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { search } from '#lib/server/search.ts';
import { contribution } from './schema.server.ts';
import type { SimilarView } from './views.ts';

/** Below this, two texts share words by chance. */
const ALIKE = 0.22;
const MOST_FOUND = 30;
const EXCERPT = 160;

/** What was said on a document that says something alike, the likest first; only what everybody sees (C16). */
export async function similarTo(
	house: House,
	document: DocumentRow,
	words: string,
	{ limit = 3, not }: { limit?: number; not?: string } = {}
): Promise<SimilarView[]> {
	const { db } = house.store;
	const found = await search(db, {
		...{ scope: document.id, language: document.language, text: words },
		...{ how: 'alike', limit: MOST_FOUND }
	});
	const likeness = new Map(found.map((hit) => [hit.id, hit.likeness]));
	const ids = found.filter((hit) => hit.likeness >= ALIKE).map((hit) => hit.id);
	if (ids.length === 0) return [];
	const rows = await db
		.select({
			id: contribution.id,
			parentId: contribution.parentId,
			kind: contribution.kind,
			body: contribution.body,
			mergedInto: contribution.mergedInto,
			name: person.name
		})
		.from(contribution)
		.innerJoin(person, eq(person.id, contribution.personId))
		.where(and(inArray(contribution.id, ids), eq(contribution.status, 'published')));
	return rows
		.filter((row) => row.parentId === null && row.mergedInto === null && row.id !== not)
		.sort((a, b) => likeness.get(b.id)! - likeness.get(a.id)!)
		.slice(0, limit)
		.map(({ id, kind, body, name }) => ({ id, kind, name, words: shortened(body) }));
}

function shortened(body: string): string {
	const line = body.replace(/\s+/g, ' ');
	return line.length <= EXCERPT ? line : `${line.slice(0, EXCERPT).replace(/\s+\S*$/, '')}…`;
}

/** The threads in which all these words are said, by their heads or their replies. */
export async function threadsWith(
	house: House,
	document: DocumentRow,
	words: string
): Promise<Set<string>> {
	const { db } = house.store;
	const found = await search(db, {
		...{ scope: document.id, language: document.language, text: words },
		...{ how: 'all', limit: 1_000 }
	});
	if (found.length === 0) return new Set();
	const rows = await db
		.select({ id: contribution.id, parentId: contribution.parentId })
		.from(contribution)
		.where(
			inArray(
				contribution.id,
				found.map((hit) => hit.id)
			)
		);
	return new Set(rows.map(({ id, parentId }) => parentId ?? id));
}
