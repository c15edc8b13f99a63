import 'fake-indexeddb/auto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { and, eq } from 'drizzle-orm';
import { io } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
	inviteToBranch,
	joinBranch,
	removeFromBranch
} from '#lib/contributions/branch-group.server.ts';
import { beginBranch, discardBranch } from '#lib/contributions/branches.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { publishBranch } from '#lib/contributions/suggest.server.ts';
import { acceptedRows } from '#lib/documents/branches/accepted.server.ts';
import { mergeBranches } from '#lib/documents/branches/accept.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { openLiveDocument, type LiveDocument } from '#lib/documents/live/client.ts';
import { browserStorage } from '#lib/documents/live/client-storage-idb.ts';
import { memoryStorage, type LiveStorage } from '#lib/documents/live/client-storage.ts';
import * as parser from '#lib/documents/live/parser.ts';
import { documentUpdate, lease } from '#lib/documents/live/schema.server.ts';
import { PROTOCOL, type Opened, type Refusal } from '#lib/documents/messages.ts';
import { allSaved, clientOptions, converged, ORIGIN, until } from './support.ts';

let here: Meeting;
let server: Server;
let url = '';
let joined: LiveDocument[] = [];
beforeEach(async () => {
	here = await meeting({ origin: ORIGIN });
	server = createServer();
	here.live.attach(server);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
	for (const one of joined) await one.close();
	joined = [];
	await here.close();
	server.closeAllConnections();
	server.close();
});

type Who = keyof Meeting['ids'];

function open(who: Who, documentId: string, storage: LiveStorage = memoryStorage(), at = url) {
	const live = openLiveDocument({ url: at, documentId, storage, io: clientOptions(here.ids[who]) });
	joined.push(live);
	return live;
}
const begin = async (who: Who) =>
	(await beginBranch(here.house, here.live, await here.as(who), here.document.id)).id;
async function together(): Promise<string> {
	const id = await begin('ama');
	const email = 'jonas@meravia.example';
	await inviteToBranch(here.house, await here.as('ama'), id, { email });
	await joinBranch(here.house, await here.as('jonas'), id);
	return id;
}
function replace({ body, doc }: Pick<LiveDocument, 'body' | 'doc'>, words: string, by: string) {
	const at = body.toString().indexOf(words);
	doc.transact(() => {
		body.delete(at, words.length);
		body.insert(at, by);
	});
}
const textOf = async (id: string) => (await here.live.read(id)).body.toString();
const main = () => textOf(here.document.id);

it('L2: two write a branch together, live; the main text stays as it is', async () => {
	const before = await main();
	const id = await together();
	const [ama, jonas] = [open('ama', id), open('jonas', id)];
	await until(() => ama.writable && jonas.writable, 'both may write');
	replace(ama, 'ten', 'twenty');
	replace(jonas, 'people walking', 'everybody');
	await allSaved(ama, jonas);
	const text = await converged(ama, jonas);
	expect(text).toContain('within twenty metres');
	expect(text).toContain('free for everybody.');
	jonas.setCursor({ from: 0, to: 3 });
	const seen = () => ama.counts.writing === 2 && ama.cursors().length === 1;
	await until(seen, 'ama sees where jonas is');
	expect(await main()).toBe(before);

	const { db } = here.house.store;
	const rowsOf = db.select().from(documentUpdate).where(eq(documentUpdate.documentId, id));
	const log = await rowsOf.orderBy(documentUpdate.seq);
	expect(brokenAt(log)).toBeNull();
	expect(new Set(log.map(({ personId }) => personId))).toEqual(
		new Set([here.ids.ama, here.ids.jonas])
	);
	here.house.time.advance(20_000);
	const input = { reason: 'Ours.', key: here.key(), termsAccepted: true };
	await publishBranch(here.house, here.live, await here.as('ama'), id, input);
	await until(() => ama.state === 'readonly' && jonas.state === 'readonly', 'it is published');
	const [row] = await db.select().from(branch).where(eq(branch.id, id));
	await here.live.accept(here.document.id, async ({ state }) => {
		const merge = mergeBranches(state, [{ id, update: row!.update! }]);
		const rows = await acceptedRows(db, here.document.id, merge);
		return { decisionId: 'd', acceptedBy: here.ids.ines, rows, record: async () => undefined };
	});
	expect(await main()).toBe(text);
	const authors = await here.live.authorsOf(here.document.id, 0, text.length);
	const authorAt = (words: string) =>
		authors.find(({ from, to }) => from <= text.indexOf(words) && text.indexOf(words) < to)!
			.personId;
	expect(authorAt('twenty')).toBe(here.ids.ama);
	expect(authorAt('everybody')).toBe(here.ids.jonas);
	expect(authorAt('Street')).toBe(here.ids.ines);
});

it('L2: what main gets meanwhile comes under an open branch when it is brought up to date', async () => {
	const id = await begin('ama');
	const ama = open('ama', id);
	await until(() => ama.writable, 'ama may write');
	replace(ama, 'ten', 'twenty');
	await allSaved(ama);
	await here.rewrite('The city', 'Our city');
	expect(ama.body.toString()).toContain('The city');
	await here.live.catchUp(id);
	await until(() => ama.body.toString().includes('Our city'), 'it has come');
	expect(ama.body.toString()).toContain('twenty metres');
	await here.rewrite('every spring', 'every year');
	const again = open('ama', id);
	await until(() => again.state === 'saved', 'it is open again');
	expect(again.body.toString()).toContain('every year');
	await until(() => ama.body.toString().includes('every year'), 'the other page has it too');
	replace(again, 'twenty', 'thirty');
	await allSaved(again);
	expect(await converged(ama, again)).toContain('thirty metres');
});

it('L3: somebody shown out loses the right within a second; the rest is kept for them', async () => {
	const id = await together();
	const storage = memoryStorage();
	const [ama, jonas] = [open('ama', id), open('jonas', id, storage)];
	await until(() => ama.writable && jonas.writable, 'both may write');
	let typed = 0;
	const typing = setInterval(() => {
		if (jonas.state === 'refused') return;
		jonas.body.insert(0, 'ø');
		typed += 1;
	}, 2);
	await until(() => typed > 20, 'jonas is at it');
	await removeFromBranch(here.house, await here.as('ama'), id, here.ids.jonas);
	const removed = performance.now();
	await until(() => jonas.state === 'refused', 'jonas is told');
	expect(performance.now() - removed).toBeLessThan(1_000);
	clearInterval(typing);
	await until(() => jonas.unsaved === 0, 'the rest is set aside');
	// What was acknowledged stays on the branch, what was not is kept for jonas: nothing is lost.
	const kept = (await storage.kept()).map(({ text }) => text).join('');
	const letters = (text: string) => text.split('ø').length - 1;
	const committed = letters(await textOf(id));
	expect(committed + letters(kept)).toBeGreaterThanOrEqual(typed);
	expect(committed).toBeLessThanOrEqual(typed);
	await until(() => letters(ama.body.toString()) === committed, 'ama has what was on disk');
	const again = open('jonas', id);
	await until(() => again.state === 'refused', 'jonas does not come in again');
	expect(again.reason).toBe('document_not_found');
});

it.each(['jonas', 'ines', 'mod', null] as const)(
	'L1: %s, who is not on it, cannot open it',
	async (who) => {
		const id = await begin('ama');
		await open('ama', id).ready;
		for (const mode of ['write', 'read', 'page'] as const) {
			const socket = io(url, {
				...clientOptions(who ? here.ids[who] : ''),
				path: '/live',
				parser,
				forceNew: true,
				auth: { protocol: PROTOCOL }
			});
			const wish = { document: id, mode, epoch: 0, leases: 0 };
			const refusal = await new Promise<Refusal | null>((done) => {
				socket.emit('open', wish, new Uint8Array([0]), (error: Refusal | null, opened?: Opened) => {
					done(opened ? null : error);
				});
			});
			socket.disconnect();
			expect(refusal).toMatchObject({ kind: 'NotFound', code: 'document_not_found' });
		}
	}
);

it('L2: offline work on a branch survives a reload and comes home', async () => {
	const id = await together();
	const stored = () => browserStorage(here.ids.ama, id);
	const page = open('ama', id, stored());
	await until(() => page.writable, 'ama may write');
	replace(page, 'ten', 'twenty');
	await allSaved(page);
	await page.close();
	const nowhere = 'http://127.0.0.1:9';
	const offline = open('ama', id, stored(), nowhere);
	await offline.ready;
	expect(offline.writable).toBe(true);
	offline.body.insert(0, 'Offline. ');
	await offline.close();
	const reloaded = open('ama', id, stored(), nowhere);
	await reloaded.ready;
	expect(reloaded.body.toString()).toMatch(/^Offline\. /);
	reloaded.body.insert(0, 'Still ');
	await reloaded.close();

	const jonas = open('jonas', id);
	await until(() => jonas.writable, 'jonas may write');
	replace(jonas, 'every spring', 'every year');
	await here.rewrite('The city', 'Our city');
	await allSaved(jonas);
	const back = open('ama', id, stored());
	await until(() => back.state === 'saved' && back.unsaved === 0, 'all is saved');
	const text = await converged(back, jonas);
	expect(text).toMatch(/^Still Offline\. Every shaded/);
	expect(text).toContain('Our city counts the trees every year');
	expect(text).toContain('twenty metres');
	expect(await main()).not.toContain('Offline');
});

it('D4: a lease of a branch is good on that branch and nowhere else', async () => {
	await here.bringIn(here.ids.ama, 'co_drafter');
	const [first, second] = [await begin('ama'), await begin('ama')];
	const texts = [first, second, here.document.id];
	const clients: number[] = [];
	for (const id of texts) {
		const page = open('ama', id);
		await until(() => page.writable, 'ama may write');
		page.body.insert(0, `${texts.indexOf(id)} `);
		await allSaved(page);
		clients.push(page.doc.clientID);
	}
	const { db } = here.house.store;
	for (const [at, client] of clients.entries()) {
		const [row] = await db
			.select()
			.from(lease)
			.where(and(eq(lease.documentId, here.document.id), eq(lease.client, client)));
		expect(row).toMatchObject({ branchId: at === 2 ? null : texts[at], personId: here.ids.ama });
		for (const id of texts.filter((one) => one !== texts[at])) {
			const thief = open('ama', id);
			await until(() => thief.writable, 'ama may write');
			thief.doc.clientID = client;
			thief.body.insert(0, 'stolen ');
			await until(() => thief.state === 'refused', 'it is refused');
			expect(thief.reason).toBe('update_client_not_leased');
			expect(await textOf(id)).not.toContain('stolen');
		}
	}
});

it('a branch given up is closed to those on it; one of an earlier epoch says so', async () => {
	const [first, second] = [await begin('ama'), await begin('ama')];
	const pages = [open('ama', first), open('ama', second)];
	await until(() => pages.every(({ writable }) => writable), 'ama may write');
	await discardBranch(here.house, await here.as('ama'), first);
	await until(() => pages[0]!.state === 'refused', 'the first is closed');
	expect(pages[0]!.reason).toBe('document_not_found');
	await here.live.newEpoch(here.document.id);
	await until(() => pages[1]!.state === 'refused', 'the second is outdated');
	expect(pages[1]!.reason).toBe('epoch');
	const again = open('ama', second);
	await until(() => again.state === 'refused', 'it stays closed');
	expect(again.reason).toBe('branch_outdated');
});
