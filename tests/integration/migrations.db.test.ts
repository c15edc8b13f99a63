import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import { dialect } from '#lib/server/db/columns.ts';
import { openStore, type StoreOptions } from '#lib/server/db/store.ts';

const FUTURE = Date.UTC(2999, 0, 1);

it('migrates an empty database, opens it again, and refuses one that newer code has migrated', async () => {
	const { options, pretendNewer, remove } = await (dialect === 'postgres' ? inSchema() : inFile());
	try {
		await (await openStore(options)).close();
		await (await openStore(options)).close();
		await pretendNewer();
		await expect(openStore(options)).rejects.toThrow(/newer than this version.*2999/s);
	} finally {
		await remove();
	}
});

interface Place {
	options: StoreOptions;
	pretendNewer: () => Promise<void>;
	remove: () => Promise<void>;
}

async function inFile(): Promise<Place> {
	const folder = await mkdtemp(join(tmpdir(), 'folkmoot-migrations-'));
	const file = join(folder, 'folkmoot.sqlite');
	return {
		options: { file },
		async pretendNewer() {
			const database = new Database(file);
			database
				.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)')
				.run('of a later version', FUTURE);
			database.close();
		},
		remove: () => rm(folder, { recursive: true, force: true })
	};
}

async function inSchema(): Promise<Place> {
	const schema = `test_${randomBytes(6).toString('hex')}`;
	const query = async (sql: string, values: unknown[] = []) => {
		const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
		await client.connect();
		await client.query(sql, values);
		await client.end();
	};
	return {
		options: { schema },
		pretendNewer: () =>
			query(`INSERT INTO "${schema}".__drizzle_migrations (hash, created_at) VALUES ($1, $2)`, [
				'of a later version',
				FUTURE
			]),
		remove: () => query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
	};
}
