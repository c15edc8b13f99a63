/** The search index on SQLite: an FTS5 table; its words come stemmed, so its tokenizer only splits. */
import { sql } from 'drizzle-orm';
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import type { Db } from './db/store.ts';
import type { SearchIndex } from './search.ts';

const plain = (db: Db) => db as unknown as BetterSQLite3Database;

export const put: SearchIndex['put'] = async (tx, { id, scope, words }) => {
	plain(tx).run(sql`insert into search_place (id) values (${id})`);
	plain(tx).run(
		sql`insert into search_entry (rowid, scope, words)
			select rowid, ${scope}, ${words} from search_place where id = ${id}`
	);
};

export const remove: SearchIndex['remove'] = async (tx, id) => {
	plain(tx).run(
		sql`delete from search_entry where rowid = (select rowid from search_place where id = ${id})`
	);
	plain(tx).run(sql`delete from search_place where id = ${id}`);
};

export const find: SearchIndex['find'] = async (db, { scope, words, how, limit }) => {
	// Words are letters and digits; quoted, none of them is an operator.
	const wanted =
		how === 'all'
			? words.map((word) => `"${word}" *`).join(' AND ')
			: words.map((word) => `"${word}"`).join(' OR ');
	const match = `scope : "${scope}" AND words : (${wanted})`;
	return plain(db).all<{ id: string; words: string }>(
		sql`select place.id as id, entry.words as words
			from (select rowid, words, rank from search_entry where search_entry match ${match}
				order by rank limit ${limit}) as entry
			join search_place as place on place.rowid = entry.rowid
			order by entry.rank`
	);
};

export const ids: SearchIndex['ids'] = async (db, after, limit) =>
	plain(db)
		.all<{ id: string }>(
			sql`select id from search_place where id > ${after} order by id limit ${limit}`
		)
		.map((row) => row.id);
