import { and, asc, inArray } from 'drizzle-orm';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { visibleReplies } from './heads.server.ts';
import { contribution } from './schema.server.ts';
import type { AnnotationView } from './views.ts';

/** How many replies a page of a thread shows. */
export const REPLIES_PAGE = 50;
/** And how many a card: the newest. */
const ON_A_CARD = 10;

/** The replies of a thread's page: this page of them, from 1, or the one that has this reply. */
export interface WantedReplies {
	page: number;
	having?: string | null;
}

/** Which replies of a thread are shown, oldest first, and how many there are. */
export interface ChosenReplies {
	ids: string[];
	replied: AnnotationView['replied'];
}

/** What of these threads' replies this person is shown; without a page wanted, what cards show. */
export async function repliesTo(
	house: House,
	actor: Actor,
	{ id: documentId }: DocumentRow,
	heads: string[],
	wanted?: WantedReplies
): Promise<Map<string, ChosenReplies>> {
	const rows = await house.store.db
		.select({ id: contribution.id, head: contribution.parentId })
		.from(contribution)
		.where(and(inArray(contribution.parentId, heads), visibleReplies(actor, documentId)))
		.orderBy(asc(contribution.createdAt), asc(contribution.id));
	const all = new Map(heads.map((head) => [head, [] as string[]]));
	for (const { id, head } of rows) all.get(head ?? '')?.push(id);
	return new Map([...all].map(([head, ids]) => [head, chosen(ids, wanted)]));
}

function chosen(all: string[], wanted?: WantedReplies): ChosenReplies {
	const total = all.length;
	if (!wanted) return { ids: all.slice(-ON_A_CARD), replied: { total, page: 1, pages: 1 } };
	const pages = Math.max(1, Math.ceil(total / REPLIES_PAGE));
	const at = wanted.having ? all.indexOf(wanted.having) : -1;
	const asked = at < 0 ? wanted.page : Math.floor(at / REPLIES_PAGE) + 1;
	const page = Math.min(Math.max(1, asked), pages);
	const ids = all.slice((page - 1) * REPLIES_PAGE, page * REPLIES_PAGE);
	return { ids, replied: { total, page, pages } };
}
