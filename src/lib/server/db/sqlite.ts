import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { TooMany } from '#lib/errors.ts';
import { migrationsFolder, refuseNewer } from './migrations.ts';
import { keepStatements } from './statements.ts';
import type { Db, Store, StoreOptions } from './store.ts';

/** More writers than this waiting means the disk has stopped answering: refuse, do not pile up. */
const LONGEST_QUEUE = 2_000;
/** How long a locked database is waited for before the write is refused. */
const LOCK_PATIENCE_MS = 30_000;

/**
 * Opens (and creates) a SQLite database: one connection writes, in a queue, each transaction
 * `BEGIN IMMEDIATE … COMMIT` with a flush to disk; a second connection reads beside it (WAL).
 */
export async function openSqlite({ file = ':memory:' }: StoreOptions): Promise<Store> {
	if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
	const writer = connect(file);
	const writeDb = drizzle(writer);
	try {
		refuseNewer(appliedAt(writer));
		migrate(writeDb, { migrationsFolder: migrationsFolder() });
	} catch (error) {
		writer.close();
		throw error;
	}

	const reader = file === ':memory:' ? writer : connect(file);
	const readDb = reader === writer ? writeDb : drizzle(reader);
	let last: Promise<unknown> = Promise.resolve();
	let queued = 0;

	async function run<T>(work: (tx: Db) => Promise<T>): Promise<T> {
		await begin(writer);
		try {
			const result = await work(writeDb as unknown as Db);
			writer.exec('COMMIT');
			return result;
		} catch (error) {
			if (writer.inTransaction) writer.exec('ROLLBACK');
			throw error;
		}
	}

	return {
		db: readDb as unknown as Db,
		transact<T>(work: (tx: Db) => Promise<T>) {
			if (queued >= LONGEST_QUEUE)
				return Promise.reject(new TooMany('database_busy', { seconds: 5 }));
			queued += 1;
			const turn = last.then(() => run(work)).finally(() => (queued -= 1));
			last = turn.catch(() => undefined);
			return turn;
		},
		waiting: () => queued,
		async ping() {
			reader.prepare('SELECT 1').get();
		},
		async close() {
			await last;
			if (reader !== writer) reader.close();
			writer.close();
		}
	};
}

function connect(file: string): Database.Database {
	// No busy timeout: SQLite would wait by blocking the event loop. `begin` waits without blocking.
	const connection = new Database(file, { timeout: 0 });
	connection.pragma('journal_mode = WAL');
	connection.pragma('synchronous = FULL');
	connection.pragma('foreign_keys = ON');
	connection.pragma('cache_size = -32000');
	keepStatements(connection);
	return connection;
}

async function begin(writer: Database.Database): Promise<void> {
	const until = Date.now() + LOCK_PATIENCE_MS;
	for (let wait = 2; ; wait = Math.min(wait * 2, 100)) {
		try {
			writer.exec('BEGIN IMMEDIATE');
			return;
		} catch (error) {
			const busy = (error as { code?: string }).code?.startsWith('SQLITE_BUSY');
			if (!busy || Date.now() > until) throw error;
			await delay(wait);
		}
	}
}

function appliedAt(connection: Database.Database): number | null {
	const exists = connection
		.prepare(`SELECT 1 FROM sqlite_master WHERE name = '__drizzle_migrations'`)
		.get();
	if (!exists) return null;
	const row = connection.prepare('SELECT max(created_at) AS at FROM __drizzle_migrations').get();
	return (row as { at: number | null }).at;
}
