import { count, desc, eq, max } from 'drizzle-orm';
import type { House } from '#lib/server/house.ts';
import { documentVersion } from './schema.server.ts';
import type { VersionLine } from './versions.server.ts';

const LINE = {
	id: documentVersion.id,
	documentId: documentVersion.documentId,
	number: documentVersion.number,
	stage: documentVersion.stage,
	title: documentVersion.title,
	contentHash: documentVersion.contentHash,
	epoch: documentVersion.epoch,
	seq: documentVersion.seq,
	reason: documentVersion.reason,
	frozenBy: documentVersion.frozenBy,
	frozenAt: documentVersion.frozenAt
};

/** How many versions a page of the list shows. */
export const VERSIONS_PER_PAGE = 25;

/** A page of a document's versions. */
export interface VersionPage {
	/** Newest first. */
	items: VersionLine[];
	/** The number of the newest of all, not of the page; null: none is kept. */
	newest: number | null;
	page: number;
	pages: number;
}

/** A page of the versions of a document that was found through its reader. */
export async function listVersions(
	house: House,
	documentId: string,
	wanted = 1
): Promise<VersionPage> {
	const { db } = house.store;
	const where = eq(documentVersion.documentId, documentId);
	const [counted] = await db
		.select({ total: count(), newest: max(documentVersion.number) })
		.from(documentVersion)
		.where(where);
	const pages = Math.max(1, Math.ceil((counted?.total ?? 0) / VERSIONS_PER_PAGE));
	const page = Math.min(Math.max(1, wanted), pages);
	const items = await db
		.select(LINE)
		.from(documentVersion)
		.where(where)
		.orderBy(desc(documentVersion.number))
		.limit(VERSIONS_PER_PAGE)
		.offset((page - 1) * VERSIONS_PER_PAGE);
	return { items, newest: counted?.newest ?? null, page, pages };
}

/** Every version in short, newest first: among them one chooses which text is meant. */
export async function versionsToChoose(
	house: House,
	documentId: string
): Promise<Array<Pick<VersionLine, 'number' | 'frozenAt'>>> {
	return house.store.db
		.select({ number: documentVersion.number, frozenAt: documentVersion.frozenAt })
		.from(documentVersion)
		.where(eq(documentVersion.documentId, documentId))
		.orderBy(desc(documentVersion.number));
}

/** How many versions a document has. */
export async function countVersions(house: House, documentId: string): Promise<number> {
	const [row] = await house.store.db
		.select({ total: count() })
		.from(documentVersion)
		.where(eq(documentVersion.documentId, documentId));
	return row?.total ?? 0;
}
