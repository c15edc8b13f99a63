import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAnnotations } from '#lib/contributions/list.server.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { findDocument, listDocuments, type Found } from '#lib/documents/documents.server.ts';
import { createLiveEngine, type LiveEngine } from '#lib/documents/live/engine.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { liveRightOf } from '#lib/documents/rights.server.ts';
import { daysLeft } from '#lib/documents/stages.ts';
import { teamOf } from '#lib/documents/team.server.ts';
import { alignedText, plainText } from '#lib/documents/text/blocks.ts';
import { listVersions } from '#lib/documents/version-list.server.ts';
import { readVersion } from '#lib/documents/versions.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { personByEmail } from '#lib/people/holders.server.ts';
import { listOrgs } from '#lib/people/orgs.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { signIn } from '#lib/people/sign-in.server.ts';
import { readInbox } from '#lib/record/inbox.server.ts';
import { listMail } from '#lib/record/mailbox.server.ts';
import { event } from '#lib/server/schema.server.ts';
import { freshHouse } from '#tests/support/house.ts';
import { orgs } from './cast.ts';
import { seedDemo, type DemoSignIn } from './seed.server.ts';
import { stories } from './story.ts';

const DAY = 86_400_000;
const everything = { show: 'all', order: 'place', block: undefined } as const;

let house: Awaited<ReturnType<typeof freshHouse>>;
let live: LiveEngine;
let told: DemoSignIn[];
let took: number;
let ordinance: Found;
let coolStops: Found;

beforeAll(async () => {
	house = await freshHouse();
	const began = performance.now();
	told = await seedDemo(house);
	took = performance.now() - began;
	live = createLiveEngine({
		house,
		rightsOf: (personId, documentId) => liveRightOf(house, personId, documentId),
		actorOfCookie: async () => VISITOR
	});
	const { items } = await listDocuments(house, VISITOR);
	const slugOf = (at: number) =>
		items.find(({ title }) => title === stories[at]!.about.title)!.slug;
	ordinance = await findDocument(house, VISITOR, slugOf(0));
	coolStops = await findDocument(house, VISITOR, slugOf(1));
});

afterAll(async () => {
	await live.close();
	await house.close();
});

const actorNamed = async (name: string) =>
	actorOf(house, (await personByEmail(house.store.db, `${name}@meravia.example`))!.id);

test('takes less than twenty seconds', () => {
	expect(took).toBeLessThan(20_000);
});

test('lets everyone of the cast sign in, as who they are', async () => {
	expect(told).toHaveLength(12);
	const bruno = told.find(({ email }) => email.startsWith('bruno'))!;
	const caller = { network: '203.0.113.5', device: 'Firefox' };
	expect(await signIn(house, VISITOR, caller, bruno)).toMatchObject({ locale: 'en' });
	expect((await actorNamed('bruno')).person!.verification).toBe('none');
	expect((await actorNamed('noor')).duties.map(({ kind }) => kind)).toEqual(['moderator']);
	const dana = (await actorNamed('dana')).capacities.map(({ kind }) => kind);
	expect(dana.toSorted()).toEqual(['citizen', 'employee', 'representative']);
	expect(await listOrgs(house)).toHaveLength(orgs.length);
});

test('leaves the ordinance in consultation, with twelve days left and its team at work', async () => {
	const { document } = ordinance;
	expect(document.slug).toBe('urban-heat-and-shade-ordinance');
	expect(document.stage).toBe('consultation');
	expect(daysLeft(document, house.clock())).toBe(12);
	const { policyTeam, coDrafters } = await teamOf(house, ordinance);
	expect(policyTeam.map(({ name }) => name)).toEqual(['Rafael Keita']);
	expect(coDrafters).toHaveLength(6);
	expect(coolStops.document.stage).toBe('co_drafting');
});

test('freezes two versions of the ordinance, which differ, and lives on', async () => {
	const { items: versions } = await listVersions(house, ordinance.document.id);
	expect(versions.map(({ number }) => number)).toEqual([2, 1]);
	expect(versions.map(({ frozenAt }) => (house.clock() - frozenAt) / DAY)).toEqual([18, 40]);
	const clause = async (number: number) => {
		const { blocks } = await readVersion(house, ordinance.document.id, number);
		return plainText(blocks.find(({ id }) => id === 'c4-2')!);
	};
	expect(await clause(1)).toContain('within five metres');
	expect(await clause(2)).toContain('within ten metres');
	expect((await live.read(ordinance.document.id)).hash).not.toBe(versions[0]!.contentHash);
});

test('knows who wrote which words of clause 4.2', async () => {
	const { id } = ordinance.document;
	const block = (await live.read(id)).blocks.find((one) => one.id === 'c4-2')!;
	const text = alignedText(block);
	const names = new Map<string, string>();
	for (const { from, to, personId } of await live.authorsOf(id, block.from, block.to)) {
		const { person } = await actorOf(house, personId);
		const words = text.slice(from - block.from, to - block.from);
		names.set(person!.name, (names.get(person!.name) ?? '') + words);
	}
	expect([...names.keys()].toSorted()).toEqual(['Ines Tavares', 'Jonas Okafor', 'Rafael Keita']);
	expect(names.get('Jonas Okafor')).toContain('using a wheelchair');
	expect(names.get('Rafael Keita')).toContain('Street vendors may trade within');
});

test('puts every remark on its words, with the marks that the story tells', async () => {
	for (const [at, { document }] of [ordinance, coolStops].entries()) {
		const noor = await actorNamed('noor');
		const remarks = [];
		for (let page = 1, pages = 1; page <= pages; page += 1) {
			const list = await listAnnotations(house, live, noor, document.id, { ...everything, page });
			remarks.push(...list.items);
			pages = list.pages;
		}
		const { talk } = stories[at]!;
		expect(remarks).toHaveLength(talk.length);
		for (const { quote, fate = 'exact', replies, ...told } of talk) {
			const found = remarks.find((one) => one.quote === quote && one.body === told.body)!;
			expect({ quote, ...found.place }).toMatchObject({ quote, status: fate });
			expect(found.replies.map(({ body }) => body)).toEqual(replies.map(({ body }) => body));
			expect(found.status).toBe(told.held ? 'held' : told.withdrawn ? 'withdrawn' : 'published');
			expect(found.resolved !== null).toBe(told.resolved !== undefined);
			expect(found.createdAt).toBe(Math.round(house.clock() - told.at * DAY));
		}
	}
});

test('says in which capacity each of them spoke', async () => {
	const rows = await house.store.db.select().from(contribution);
	const kinds = new Set(rows.map(({ capacity }) => `${capacity.kind} ${capacity.orgName ?? ''}`));
	expect(kinds).toContain('representative Municipal Workers’ Union');
	expect(kinds).toContain('partner Street Vendors’ Association');
	expect(kinds).toContain('citizen ');
});

test('happened in order of time, and nothing of it is still to come', async () => {
	const { db } = house.store;
	const times = (await db.select({ at: event.at }).from(event).orderBy(asc(event.id))).map(
		({ at }) => at
	);
	expect(times).toEqual(times.toSorted((a, b) => a - b));
	expect(times.at(-1)).toBeLessThanOrEqual(house.clock());
	expect(times.at(-1)).toBeGreaterThan(house.clock() - 2 * DAY);
	const rows = await db
		.select({ at: documentUpdate.at })
		.from(documentUpdate)
		.where(eq(documentUpdate.documentId, ordinance.document.id))
		.orderBy(asc(documentUpdate.seq));
	expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted((a, b) => a - b));
	expect(rows.at(-1)!.at).toBe(house.clock() - 2 * DAY);
});

test('does nothing to a house that is inhabited', async () => {
	const before = await house.store.db.$count(event);
	expect(await seedDemo(house)).toEqual(told);
	expect(await house.store.db.$count(event)).toBe(before);
});

test('its people have heard of each other: the last days unread, and a letter on the way', async () => {
	const amina = await actorNamed('amina');
	const inbox = await readInbox(house, amina, { show: 'all', page: 1 });
	expect(inbox.total).toBeGreaterThan(inbox.unread);
	expect(inbox.unread).toBeGreaterThan(0);
	const { letters } = await listMail(house, await actorNamed('emil'), { show: 'caught', page: 1 });
	expect(letters.length).toBeGreaterThan(5);
});
