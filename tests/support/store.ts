import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { dialect } from '#lib/server/db/columns.ts';
import { openStore, type Store } from '#lib/server/db/store.ts';

/**
 * A new, empty, migrated database of the dialect under test: a file of its own on SQLite, a schema
 * of its own on PostgreSQL. `close` removes it.
 */
export async function freshStore(): Promise<Store> {
	return dialect === 'postgres' ? freshSchema() : freshFile();
}

async function freshFile(): Promise<Store> {
	const folder = await mkdtemp(join(tmpdir(), 'folkmoot-test-'));
	const store = await openStore({ file: join(folder, 'folkmoot.sqlite') });
	return {
		...store,
		async close() {
			await store.close();
			await rm(folder, { recursive: true, force: true });
		}
	};
}

async function freshSchema(): Promise<Store> {
	const schema = `test_${randomBytes(6).toString('hex')}`;
	const store = await openStore({ schema });
	return {
		...store,
		async close() {
			await store.close();
			const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
			await client.connect();
			await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
			await client.end();
		}
	};
}
