import { inArray } from 'drizzle-orm';
import { document } from '#lib/documents/schema.server.ts';
import { namesOf } from '#lib/people/people.server.ts';
import type { Db } from '#lib/server/db/store.ts';
import type { NewsLine } from './lines.ts';
import type { NotificationRow } from './schema.server.ts';

/** News that are one line: the newest of them, how many they are, and of how many things they tell. */
export interface Group {
	newest: NotificationRow;
	news: number;
	things: number;
}

/** Puts what a reader sees around groups of news, in their order: names and titles as they are now. */
export async function linesOf(db: Db, groups: Group[]): Promise<NewsLine[]> {
	const rows = groups.map(({ newest }) => newest);
	const names = await namesOf(db, present(rows.map(({ detail }) => detail.by)));
	const documents = await titlesOf(db, present(rows.map(({ documentId }) => documentId)));
	return groups.map(({ newest, news, things }) => {
		const { id, kind, detail, at, readAt, targetType, targetId, documentId } = newest;
		return {
			...{ id, kind, at, detail, sentence: detail.sentence, unread: readAt === null },
			// A suggestion is one thing, and rated many times.
			count: Math.max(newest.kind === 'rated' ? news : things, detail.own ?? 1),
			by: (detail.by && names.get(detail.by)) || null,
			document: (documentId && documents.get(documentId)) || null,
			target: { type: targetType, id: targetId }
		};
	});
}

/** Gathers news that are one line, newest first. */
export function gather(rows: NotificationRow[]): Group[] {
	const groups = new Map<string, { newest: NotificationRow; targets: string[] }>();
	for (const row of [...rows].sort(newestFirst)) {
		const key = `${row.groupKey} ${row.readAt ?? ''}`;
		const group = groups.get(key) ?? { newest: row, targets: [] };
		group.targets.push(row.targetId);
		groups.set(key, group);
	}
	return [...groups.values()].map(({ newest, targets }) => ({
		newest,
		news: targets.length,
		things: new Set(targets).size
	}));
}

function newestFirst(a: NotificationRow, b: NotificationRow): number {
	return b.at - a.at || (a.id < b.id ? 1 : -1);
}

function present(ids: (string | null)[]): string[] {
	return [...new Set(ids.filter((id) => id !== null))];
}

async function titlesOf(db: Db, ids: string[]) {
	if (ids.length === 0) return new Map<string, never>();
	const rows = await db
		.select({
			id: document.id,
			slug: document.slug,
			title: document.title,
			language: document.language
		})
		.from(document)
		.where(inArray(document.id, ids));
	return new Map(rows.map(({ id, ...shown }) => [id, shown]));
}
