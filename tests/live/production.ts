import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { bringIn } from '#lib/documents/team.server.ts';
import { createDocument } from '#lib/documents/documents.server.ts';
import { createLiveEngine } from '#lib/documents/live/engine.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { sessionCookie } from '#lib/people/cookie.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { beginSession } from '#lib/people/sign-in.server.ts';
import { Bus } from '#lib/server/bus.ts';
import { readConfig } from '#lib/server/config.ts';
import { dialect } from '#lib/server/db/columns.ts';
import { openStore, type StoreOptions } from '#lib/server/db/store.ts';
import type { House } from '#lib/server/house.ts';
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
export async function populate(site: Site, editors: number) {
	const store = await openStore(site.database);
	const log = pino({ level: 'silent' });
	const house: House = { store, config: readConfig({}), log, bus: new Bus(), clock: Date.now };
	const live = createLiveEngine({
		house,
		rightsOf: async () => 'write',
		actorOfCookie: async () => VISITOR
	});
	const lead = await createPerson(house, {
		name: 'Lead',
		email: 'lead@folkmoot.test',
		duties: [{ kind: 'policy_team', scopeType: 'house', scopeId: null }]
	});
	const input = { title: 'Shade', summary: '', kind: 'policy', language: 'en' } as const;
	const first = await actorOf(house, lead.id);
	const made = await createDocument(house, live, first, { ...input, licence: 'CC-BY-4.0' }, SEED);
	const actor = await actorOf(house, lead.id);
	await moveStage(house, live, actor, made.id, { to: 'co_drafting', reason: '', closes: '' });
	const people: { id: string; cookie: string }[] = [];
	const { name } = sessionCookie(house, new URL('http://127.0.0.1'));
	for (let index = 0; index < editors; index += 1) {
		const email = `editor-${index}@folkmoot.test`;
		const { id } = await createPerson(house, { name: `Editor ${index}`, email });
		await bringIn(house, actor, made.id, { email, part: 'co_drafter' });
		const { token } = await store.transact((tx) => beginSession(tx, house, id, 'test'));
		people.push({ id, cookie: `${name}=${token}` });
	}
	await live.close();
	await store.close();
	return { documentId: made.id, founder: lead.id, people };
}

/** Starts the production server, as `npm start` does, and waits until it answers. */
export async function startServer(site: Site, port: number) {
	if (!existsSync('build/handler.js')) throw new Error('Build the pages first: npx vite build');
	const child: ChildProcess = spawn(process.execPath, ['src/server.ts'], {
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
