import { and, eq, gte } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { event } from '#lib/server/schema.server.ts';

interface Known {
	upTo: number;
	people: Set<string>;
}

/** Clocks of several processes differ a little, and what was begun earlier may be committed later. */
const OVERLAP_MS = 60_000;
const MOST_DOCUMENTS = 200;
const caches = new WeakMap<House, Map<string, Known>>();

/** Whether a person ever did anything in a document that its record of events knows of. */
export async function hasActed(
	house: House,
	documentId: string,
	personId: string
): Promise<boolean> {
	const cache = caches.get(house) ?? new Map<string, Known>();
	caches.set(house, cache);
	const known = cache.get(documentId) ?? { upTo: 0, people: new Set<string>() };
	const since = known.upTo - OVERLAP_MS;
	const rows = await house.store.db
		.select({ personId: event.personId, at: event.at })
		.from(event)
		.where(and(eq(event.documentId, documentId), gte(event.at, since)));
	for (const row of rows) {
		if (row.personId) known.people.add(row.personId);
		known.upTo = Math.max(known.upTo, row.at);
	}
	cache.delete(documentId);
	cache.set(documentId, known);
	if (cache.size > MOST_DOCUMENTS) cache.delete(cache.keys().next().value!);
	return known.people.has(personId);
}
