import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';
import { dialect } from './columns.ts';

/** A handle that runs queries; the same shape inside and outside a transaction. */
export type Db = Omit<
	BaseSQLiteDatabase<'async', unknown>,
	'transaction' | 'run' | 'all' | 'get' | 'values'
>;

/**
 * The database as the domain sees it. `db` reads (and writes single statements on PostgreSQL);
 * `transact` runs its work in one serialised write transaction and rolls back when it throws.
 * Await nothing but queries inside `transact`.
 */
export interface Store {
	readonly db: Db;
	transact<T>(work: (tx: Db) => Promise<T>): Promise<T>;
	/** How many transactions run or wait to (for metrics and readiness). */
	waiting(): number;
	/** Asks the database for an answer; throws when there is none. */
	ping(): Promise<void>;
	close(): Promise<void>;
}

/** Where the data lives: a file (or `:memory:`) for SQLite, an address for PostgreSQL. */
export interface StoreOptions {
	file?: string;
	url?: string;
	/** PostgreSQL only: work in this schema (tests give each run its own). */
	schema?: string;
}

/** Opens the database that `DATABASE_URL` chose, migrated to this version of the code. */
export function openStore(options: StoreOptions): Promise<Store> {
	return dialect === 'postgres' ? openPostgres(options) : openSqlite(options);
}
