import { and, eq, isNotNull } from 'drizzle-orm';
import { orgName } from '#lib/people/holders.server.ts';
import type { House } from '#lib/server/house.ts';
import { event } from '#lib/server/schema.server.ts';
import type { Found } from './documents.server.ts';
import { documentUpdate } from './live/schema.server.ts';
import { teamOf, type Member } from './team.server.ts';

/** Who leads a text, and how many people have had a part in it so far. */
export interface Audience {
	/** The Org it is made for, when it has one. */
	org: string | null;
	team: Member[];
	people: number;
}

/** A count that is read with every page need not be newer than this. */
const FRESH_MS = 30_000;
const counted = new WeakMap<House, Map<string, { at: number; people: number }>>();

/** The facts about its people that the reading page opens with. */
export async function audienceOf(house: House, found: Found): Promise<Audience> {
	const { document } = found;
	const [org, team, people] = await Promise.all([
		document.ownerOrgId ? orgName(house.store.db, document.ownerOrgId) : undefined,
		teamOf(house, found),
		peopleSoFar(house, document.id)
	]);
	return { org: org ?? null, team: team.policyTeam, people };
}

/** How many different people wrote, commented or decided something in a document. */
async function peopleSoFar(house: House, documentId: string): Promise<number> {
	const cache = counted.get(house) ?? new Map<string, { at: number; people: number }>();
	counted.set(house, cache);
	const known = cache.get(documentId);
	const now = house.clock();
	if (known && now - known.at < FRESH_MS) return known.people;

	const { db } = house.store;
	const acted = await db
		.selectDistinct({ id: event.personId })
		.from(event)
		.where(and(eq(event.documentId, documentId), isNotNull(event.personId)));
	const wrote = await db
		.selectDistinct({ id: documentUpdate.personId })
		.from(documentUpdate)
		.where(eq(documentUpdate.documentId, documentId));
	const people = new Set([...acted, ...wrote].map((row) => row.id)).size;
	if (cache.size >= 1_000) cache.clear();
	cache.set(documentId, { at: now, people });
	return people;
}
