import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { editContribution } from '#lib/contributions/amend.server.ts';
import { readThread } from '#lib/contributions/list.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { hold } from '#lib/contributions/schema.server.ts';
import { VISITOR, type Actor } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { event } from '#lib/server/schema.server.ts';
import { hideContribution, publishContribution } from './decide.server.ts';
import type { QueueQuery } from './inputs.ts';
import { countHeld, PAGE, readQueue } from './queue.server.ts';
import { hiding, publication } from './schema.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting({ holdFirstPosts: true });
});
afterEach(() => at.close());

const HELD: QueueQuery = { show: 'held', page: 1, item: undefined };
const read = async (id: string, actor: Actor = VISITOR) =>
	(await readThread(at.house, at.live, actor, at.document.id, id)).thread;
const moderatorOf = async (name: string, scopeId: string) => {
	const { id } = await at.make(name, [{ kind: 'moderator', scopeType: 'document', scopeId }]);
	return actorOf(at.house, id);
};

describe('publishing', () => {
	test('C7 one that was held appears, its hold ends, and its author is not held again', async () => {
		const row = await at.say('ama', 'two metres', 'First!');
		await publishContribution(at.house, await at.as('mod'), { id: row.id });
		expect(await read(row.id)).toMatchObject({ body: 'First!', status: 'published' });
		const { db } = at.house.store;
		expect(await db.select().from(hold)).toMatchObject([{ endedBy: at.ids.mod }]);
		expect(await db.select().from(publication)).toMatchObject([
			{ from: 'held', publishedBy: at.ids.mod }
		]);
		const told = await db.select().from(event).where(eq(event.verb, 'contribution.published'));
		expect(told).toHaveLength(1);
		expect((await at.say('ama', 'trees')).status).toBe('published');
	});

	test('M4 two moderators at once make one decision', async () => {
		const row = await at.say('ama', 'two metres');
		const other = await moderatorOf('lena', at.document.id);
		const tries = await Promise.allSettled([
			publishContribution(at.house, await at.as('mod'), { id: row.id }),
			publishContribution(at.house, other, { id: row.id })
		]);
		expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const [published, hidden] = await Promise.all([
			at.house.store.db.select().from(publication),
			at.house.store.db.select().from(hiding)
		]);
		expect(published.length + hidden.length).toBe(1);
	});
});

describe('hiding', () => {
	test('M3 needs a reason; the author reads it, others see nothing; it can be restored', async () => {
		const row = await at.say('ama', 'two metres', 'Rude words.');
		const mod = await at.as('mod');
		await expect(
			hideContribution(at.house, mod, { id: row.id, reason: '  ' })
		).rejects.toMatchObject({
			code: 'reason_missing',
			params: { field: 'reason' }
		});
		await hideContribution(at.house, mod, { id: row.id, reason: 'It insults a neighbour.' });
		expect(await read(row.id, await at.as('ama'))).toMatchObject({
			body: 'Rude words.',
			hiddenFor: 'It insults a neighbour.'
		});
		await expect(read(row.id)).rejects.toMatchObject({ kind: 'NotFound' });
		await publishContribution(at.house, mod, { id: row.id, reason: 'Read again.' });
		expect(await read(row.id)).toMatchObject({ status: 'published', hiddenFor: null });
	});
});

describe('who decides', () => {
	test('M1 nobody but moderators, each in their scope', async () => {
		const row = await at.say('ama', 'two metres');
		const elsewhere = await moderatorOf('rosa', 'anotherdocument');
		for (const actor of [VISITOR, await at.as('jonas'), await at.as('ines'), elsewhere]) {
			const decided = publishContribution(at.house, actor, { id: row.id });
			await expect(decided).rejects.toMatchObject({ kind: 'NotFound' });
		}
		await expect(readQueue(at.house, await at.as('jonas'), HELD)).rejects.toMatchObject({
			kind: 'NotFound'
		});
		expect((await readQueue(at.house, elsewhere, HELD)).lines).toEqual([]);
		expect(await countHeld(at.house, elsewhere)).toBe(0);
		const here = await moderatorOf('lena', at.document.id);
		expect((await readQueue(at.house, here, HELD)).lines).toMatchObject([
			{ id: row.id, author: 'ama' }
		]);
		await publishContribution(at.house, here, { id: row.id });
	});

	test('M2 never on one’s own contribution or document', async () => {
		const own = await at.say('mod', 'trees');
		const row = await at.say('ama', 'two metres');
		const mod = await at.as('mod');
		const onOwn = hideContribution(at.house, mod, { id: own.id, reason: 'No.' });
		await expect(onOwn).rejects.toMatchObject({ kind: 'Forbidden', code: 'own_content' });
		await at.bringIn(at.ids.mod, 'co_drafter');
		const onDocument = publishContribution(at.house, mod, { id: row.id });
		await expect(onDocument).rejects.toMatchObject({ kind: 'Forbidden', code: 'own_content' });
		expect((await readQueue(at.house, mod, HELD)).item).toMatchObject({ why: 'own_document' });
	});
});

describe('the queue', () => {
	test('M6 with what a kind asks for besides words, as it is and as it was', async () => {
		const evidence = { kind: 'evidence', source: 'Heat Lab', url: 'https://lab.example/' };
		const row = await at.say('ama', 'two metres', 'Counted.', evidence);
		const url = 'https://spam.example/';
		const edit = { id: row.id, body: 'Counted.', source: 'Heat Lab', url };
		await editContribution(at.house, await at.as('ama'), edit);
		const { item } = await readQueue(at.house, await at.as('mod'), HELD);
		expect(item).toMatchObject({
			detail: { url },
			earlier: [{ body: 'Counted.', detail: { url: 'https://lab.example/' } }]
		});
	});

	test('M6 is oldest first, by pages, with what a decision needs', async () => {
		const first = await at.say('ama', 'two metres', 'One.');
		for (let more = 0; more < PAGE; more++) await at.say('jonas', 'trees', `No. ${more}`);
		const mod = await at.as('mod');
		const queue = await readQueue(at.house, mod, HELD);
		expect(queue).toMatchObject({ total: PAGE + 1, pages: 2, lines: { length: PAGE } });
		expect(queue.item).toMatchObject({
			id: first.id,
			body: 'One.',
			quote: 'two metres',
			slug: at.document.slug,
			history: { published: 0, hidden: 0, withdrawn: 0 },
			why: null
		});
		expect((await readQueue(at.house, mod, { ...HELD, page: 2 })).lines).toHaveLength(1);
		expect(await countHeld(at.house, mod)).toBe(PAGE + 1);
	});
});
