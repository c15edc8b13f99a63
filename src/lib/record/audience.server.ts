import { and, eq, inArray } from 'drizzle-orm';
import { loadDocument } from '#lib/documents/documents.server.ts';
import { mayRead } from '#lib/documents/policy.ts';
import { stageFacts } from '#lib/documents/stages.ts';
import { person } from '#lib/people/schema.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import type { House } from '#lib/server/house.ts';
import type { Facts, Happened, News } from './facts.ts';

/** How many ids one statement names. */
const AT_ONCE = 500;

/**
 * The news without those for people who may not see what they tell of (N3): accounts that are not
 * active, documents they may not read, contributions that wait or were taken out of sight.
 */
export async function forThoseWhoMaySee(
	house: House,
	it: Happened,
	{ about }: Facts,
	news: News[]
): Promise<News[]> {
	const readers = await readersAmong(house, it.documentId, [
		...new Set(news.map(({ personId }) => personId))
	]);
	return news.filter(({ personId, targetType }) => {
		if (!readers.has(personId)) return false;
		return targetType !== 'contribution' || !about || mayBeTold(about, personId);
	});
}

function mayBeTold(about: NonNullable<Facts['about']>, personId: string): boolean {
	return about.status === 'published' || about.personId === personId;
}

async function readersAmong(
	house: House,
	documentId: string | null,
	ids: string[]
): Promise<Set<string>> {
	const active = await activeAmong(house, ids);
	if (!documentId || active.length === 0) return new Set(active);
	const found = await loadDocument(house, documentId);
	if (!found) return new Set();
	if (stageFacts(found.document.stage).public) return new Set(active);
	// Few people know of a private text: each is asked about by themselves.
	const readers = new Set<string>();
	for (const id of active) {
		if (mayRead(await actorOf(house, id), found.document, found.parties)) readers.add(id);
	}
	return readers;
}

async function activeAmong(house: House, ids: string[]): Promise<string[]> {
	const active: string[] = [];
	for (let at = 0; at < ids.length; at += AT_ONCE) {
		const rows = await house.store.db
			.select({ id: person.id })
			.from(person)
			.where(and(inArray(person.id, ids.slice(at, at + AT_ONCE)), eq(person.status, 'active')));
		active.push(...rows.map(({ id }) => id));
	}
	return active;
}
