import type { LiveEngine } from '#lib/documents/live/engine.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { House } from '#lib/server/house.ts';
import { entriesOf, numbersIn } from './entries.server.ts';
import type { Entry } from './views.ts';

/** A contribution that a refusal names, so that the page can say whose it is and what became of it. */
export type Taken = Pick<Entry, 'id' | 'author' | 'href' | 'outcome'>;

/** The contributions that a refusal names in its `ids`. */
export async function takenMeanwhile(
	house: House,
	live: Pick<LiveEngine, 'read'>,
	{ id, slug }: Pick<DocumentRow, 'id' | 'slug'>,
	ids: string
): Promise<Taken[]> {
	const named = ids.split(' ').filter(Boolean);
	if (named.length === 0) return [];
	const text = numbersIn((await live.read(id)).blocks);
	const entries = await entriesOf(house, { slug, text }, named);
	return entries.map(({ id, author, href, outcome }) => ({ id, author, href, outcome }));
}
