import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { dialect } from '#lib/server/db/columns.ts';
import { watchLoop } from './loop.ts';
import { allSaved, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

/** Somebody else holds the database for writing; returns how to let go. */
async function lock(): Promise<() => Promise<void>> {
	const { db, transact } = here.house.store;
	if (dialect === 'sqlite') {
		const { name } = (db as unknown as { $client: { name: string } }).$client;
		const other = new Database(name, { timeout: 5_000 });
		other.exec('BEGIN IMMEDIATE');
		return async () => {
			other.exec('ROLLBACK');
			other.close();
		};
	}
	let release = () => {};
	const held = new Promise<void>((done) => (release = done));
	let taken = false;
	const holding = transact(async (tx) => {
		const { execute } = tx as unknown as { execute(query: unknown): Promise<unknown> };
		await execute.call(tx, sql`LOCK TABLE document_head IN ACCESS EXCLUSIVE MODE`);
		taken = true;
		await held;
	});
	await until(() => taken, 'the table is locked');
	return async () => {
		release();
		await holding;
	};
}

it('D2: a locked database acknowledges nothing, blocks nobody, and is waited for', async () => {
	here = await stage();
	const ada = here.join('ada');
	await until(() => ada.writable, 'ada may write');
	const unlock = await lock();
	const loop = watchLoop();
	const began = performance.now();
	ada.body.insert(0, 'patient ');
	await until(() => performance.now() - began > 1_000, 'a second of waiting is over');
	loop.stop();
	expect(ada.state).toBe('saving');
	// What the machine gave to others meanwhile is not the house's doing.
	expect(loop.turns().held).toBeLessThan(200);
	await unlock();
	await allSaved(ada);
});
