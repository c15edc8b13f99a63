import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { migrationsFolder, refuseNewer } from './migrations.ts';
import type { Db, Store, StoreOptions } from './store.ts';

/** Opens a PostgreSQL database through a pool, migrated; `schema` keeps test runs apart. */
export async function openPostgres({ url, schema = 'public' }: StoreOptions): Promise<Store> {
	const pool = new pg.Pool({
		connectionString: url ?? process.env.DATABASE_URL,
		max: 12,
		options: `-c search_path=${schema}`
	});
	// A lost connection surfaces on the query that needed it; unheard, this event would end the process.
	pool.on('error', () => undefined);
	if (schema !== 'public') await pool.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
	try {
		await migrateAlone(pool, schema);
	} catch (error) {
		await pool.end();
		throw error;
	}

	const db = drizzle(pool);
	let running = 0;
	return {
		db: db as unknown as Db,
		async transact<T>(work: (tx: Db) => Promise<T>) {
			running += 1;
			try {
				return await db.transaction((tx) => work(tx as unknown as Db));
			} finally {
				running -= 1;
			}
		},
		waiting: () => running,
		async ping() {
			await pool.query('SELECT 1');
		},
		close: () => pool.end()
	};
}

/** Several nodes may start at once: an advisory lock lets one migrate while the others wait. */
async function migrateAlone(pool: pg.Pool, schema: string): Promise<void> {
	const client = await pool.connect();
	try {
		await client.query('SELECT pg_advisory_lock(7264129)');
		const { rows } = await client.query<{ found: string | null }>(
			'SELECT to_regclass($1) AS found',
			[`"${schema}".__drizzle_migrations`]
		);
		if (rows[0]?.found) {
			const applied = await client.query<{ at: string | null }>(
				`SELECT max(created_at) AS at FROM "${schema}".__drizzle_migrations`
			);
			const at = applied.rows[0]?.at;
			refuseNewer(at ? Number(at) : null);
		}
		await migrate(drizzle(client), {
			migrationsFolder: migrationsFolder(),
			migrationsSchema: schema
		});
	} finally {
		await client.query('SELECT pg_advisory_unlock(7264129)');
		client.release();
	}
}
