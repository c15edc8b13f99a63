/**
 * One column kit for two databases. Schemas are written once with these names; which dialect they
 * become is decided by `DATABASE_URL` when the process starts. Types are SQLite's for both: queries
 * use only what the two share (`await db.select()`, `returning`, `onConflict…`).
 */
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';

/** Which database this process talks to. */
export const dialect: 'postgres' | 'sqlite' = /^postgres(ql)?:/.test(process.env.DATABASE_URL ?? '')
	? 'postgres'
	: 'sqlite';

const sqliteKit = {
	table: sqlite.sqliteTable,
	/** Any text. */
	text: (name: string) => sqlite.text(name),
	/** A whole number up to 2^53: counts and times in milliseconds. */
	int: (name: string) => sqlite.integer(name),
	bool: (name: string) => sqlite.integer(name, { mode: 'boolean' }),
	json: (name: string) => sqlite.text(name, { mode: 'json' }),
	bytes: (name: string) => sqlite.blob(name, { mode: 'buffer' }),
	index: sqlite.index,
	uniqueIndex: sqlite.uniqueIndex,
	primaryKey: sqlite.primaryKey
};

const pgBytes = pg.customType<{ data: Buffer }>({ dataType: () => 'bytea' });

const postgresKit = {
	table: pg.pgTable,
	text: (name: string) => pg.text(name),
	int: (name: string) => pg.bigint(name, { mode: 'number' }),
	bool: (name: string) => pg.boolean(name),
	json: (name: string) => pg.jsonb(name),
	bytes: (name: string) => pgBytes(name),
	index: pg.index,
	uniqueIndex: pg.uniqueIndex,
	primaryKey: pg.primaryKey
};

const kit = dialect === 'postgres' ? (postgresKit as unknown as typeof sqliteKit) : sqliteKit;

export const { table, text, int, bool, json, bytes, index, uniqueIndex, primaryKey } = kit;
