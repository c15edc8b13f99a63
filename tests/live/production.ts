import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { dialect } from '#lib/server/db/columns.ts';
import type { StoreOptions } from '#lib/server/db/store.ts';
import { fillDraftHouse } from '#tests/support/draft-house.ts';
import { SEED } from './support.ts';

/** A database of its own for a production server, and the settings that lead the server there. */
export interface Site {
	database: StoreOptions;
	env: Record<string, string>;
	remove(): Promise<void>;
}

/** A new, empty database of the dialect under test. */
export async function newSite(): Promise<Site> {
	if (dialect === 'sqlite') {
		const folder = await mkdtemp(join(tmpdir(), 'folkmoot-site-'));
		const file = join(folder, 'folkmoot.sqlite');
		const remove = () => rm(folder, { recursive: true, force: true });
		return { database: { file }, env: { DATABASE_FILE: file }, remove };
	}
	const name = `site_${randomBytes(5).toString('hex')}`;
	const url = new URL(process.env.DATABASE_URL!);
	const run = async (statement: string) => {
		const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
		await client.connect();
		await client.query(statement);
		await client.end();
	};
	await run(`CREATE DATABASE ${name}`);
	url.pathname = name;
	const remove = () => run(`DROP DATABASE ${name} WITH (FORCE)`);
	return { database: { url: url.href }, env: { DATABASE_URL: url.href }, remove };
}

/** Puts a document into co-drafting and people who may write in it, each with a session's cookie. */
export const populate = (site: Site, editors: number) =>
	fillDraftHouse(site.database, editors, SEED);

/** Starts the production server, as `npm start` does, and waits until it answers. */
export async function startServer(site: Site, port: number) {
	if (!existsSync('build/handler.js')) throw new Error('Build the pages first: npx vite build');
	const child: ChildProcess = spawn(process.execPath, ['src/start.ts'], {
		env: { ...process.env, ...site.env, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info' },
		stdio: ['ignore', 'pipe', 'inherit']
	});
	let said = '';
	const answering = await new Promise<number>((done, fail) => {
		child.stdout!.on('data', (chunk: Buffer) => {
			said += chunk.toString();
			const found = /"address":"[^"]*:(\d+)"/.exec(said);
			if (found) done(Number(found[1]));
		});
		child.once('exit', (code) => fail(new Error(`The server ended with ${code}: ${said}`)));
	});
	return { child, port: answering };
}

/** Ends a process the hard way, and waits until it is gone. */
export async function killNow(child: ChildProcess): Promise<void> {
	const gone = new Promise((done) => child.once('exit', done));
	child.kill('SIGKILL');
	await gone;
}
