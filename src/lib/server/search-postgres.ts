/** The search index on PostgreSQL: a tsvector of words as they come, which is stemmed; nothing is parsed here. */
import { sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from './db/store.ts';
import type { SearchIndex } from './search.ts';

const plain = (db: Db) => db as unknown as NodePgDatabase;

export const put: SearchIndex['put'] = async (tx, { id, scope, words }) => {
	await plain(tx).execute(
		sql`insert into search_entry (id, scope, words, vector)
			values (${id}, ${scope}, ${words}, array_to_tsvector(string_to_array(${words}, ' ')))
			on conflict (id) do update set scope = excluded.scope, words = excluded.words, vector = excluded.vector`
	);
};

export const remove: SearchIndex['remove'] = async (tx, id) => {
	await plain(tx).execute(sql`delete from search_entry where id = ${id}`);
};

export const find: SearchIndex['find'] = async (db, { scope, words, how, limit }) => {
	// Words are letters and digits; quoted, none of them is an operator.
	const wanted =
		how === 'all'
			? words.map((word) => `'${word}':*`).join(' & ')
			: words.map((word) => `'${word}'`).join(' | ');
	const { rows } = await plain(db).execute<{ id: string; words: string }>(
		sql`select id, words from search_entry, cast(${wanted} as tsquery) as wanted
			where scope = ${scope} and vector @@ wanted
			order by ts_rank(vector, wanted, 1) desc, id desc limit ${limit}`
	);
	return rows;
};

export const ids: SearchIndex['ids'] = async (db, after, limit) => {
	const { rows } = await plain(db).execute<{ id: string }>(
		sql`select id from search_entry where id > ${after} order by id limit ${limit}`
	);
	return rows.map((row) => row.id);
};
