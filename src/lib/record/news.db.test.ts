import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { document } from '#lib/documents/schema.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { hideContribution, publishContribution } from '#lib/moderation/decide.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { person } from '#lib/people/schema.server.ts';
import { appendEvent } from '#lib/server/events.ts';
import { follow, followingOn, listFollowed, unfollow } from './follow.server.ts';
import { countUnread, markAllRead, markRead, openNews, readInbox } from './inbox.server.ts';
import { DEFAULT_WISHES } from './kinds.ts';
import { newsroom, type Newsroom } from './newsroom.testing.ts';
import { Notifier } from './notifier.server.ts';
import { saveWishes } from './wishes.server.ts';

let at: Newsroom;
beforeEach(async () => {
	at = await newsroom();
});
afterEach(() => at.close());

const here = () => ({ documentId: at.document.id });
const follows = async (name: 'ama' | 'jonas' | 'ines', block?: string) =>
	follow(at.house, at.live, await at.as(name), { ...here(), block });
const unread = async (name: 'ama' | 'jonas' | 'ines') => countUnread(at.house, await at.as(name));

describe('N1 who hears what', () => {
	test('a thread: who began it and who spoke in it, not who speaks', async () => {
		const { id } = await at.say('ama', 'two metres');
		await at.reply('jonas', id);
		await at.tell();
		expect(await at.hears('ama')).toEqual(['jonas replied in a conversation of yours']);
		expect(await at.hears('jonas')).toEqual([]);
		await at.reply('ama', id);
		await at.tell();
		expect(await at.hears('jonas')).toEqual(['ama replied in a conversation of yours']);
	});

	test('a document and a clause one follows; a burst is one line', async () => {
		await follows('ines');
		await follows('jonas', 'c3');
		await at.say('ama', 'two metres');
		await at.say('ama', 'people walking');
		await at.say('ama', 'trees');
		await at.tell();
		expect(await at.hears('ines')).toEqual([
			'ama commented on clause 4',
			'2 new comments on clause 3'
		]);
		expect(await at.hears('jonas')).toEqual(['2 new comments on clause 3']);
		expect(await unread('ines')).toBe(2);
	});

	test('a move of the document, and nothing after one stops following', async () => {
		await follows('ama');
		at.house.time.advance(1_000);
		await moveStage(at.house, at.live, await at.as('ines'), at.document.id, {
			to: 'consultation',
			reason: '',
			closes: '2026-06-01'
		});
		await at.tell();
		expect(await at.hears('ama')).toEqual(['This text has moved on: Consultation']);
		await unfollow(at.house, await at.as('ama'), here());
		await at.say('jonas', 'trees');
		await at.tell();
		expect(await at.hears('ama')).toHaveLength(1);
	});

	test('what a person muted is not even made', async () => {
		const ama = await at.as('ama');
		await saveWishes(at.house, ama, { ...DEFAULT_WISHES, muted: ['replied'] });
		await at.reply('jonas', (await at.say('ama', 'trees')).id);
		expect(await at.tell()).toBe(0);
	});
});

describe('N3 nobody hears of what they may not see', () => {
	test('of a private document only those inside, and only as long as they are', async () => {
		await follows('ama');
		await at.bringIn(at.ids.jonas, 'co_drafter');
		await follows('jonas');
		const stage = (to: 'private' | 'co_drafting') =>
			at.house.store.transact(async (tx) => {
				await tx.update(document).set({ stage: to }).where(eq(document.id, at.document.id));
			});
		await stage('private');
		await at.say('ines', 'trees');
		await at.tell();
		expect(await at.hears('ama'), 'made').toEqual([]);
		expect(await at.news(), 'not even kept').toMatchObject([{ personId: at.ids.jonas }]);

		await stage('co_drafting');
		await at.say('ines', 'two metres');
		await at.tell();
		expect(await at.hears('ama')).toHaveLength(1);
		await stage('private');
		expect(await at.hears('ama'), 'shown').toEqual([]);
		expect(await unread('ama')).toBe(0);
		const own = (await at.news()).find((row) => row.personId === at.ids.ama)!;
		await expect(openNews(at.house, await at.as('ama'), own.id)).rejects.toMatchObject({
			kind: 'NotFound'
		});
		expect(await at.hears('jonas')).toHaveLength(2);
	});

	test('of what waits for a moderator nobody; of what is published then everybody, once', async () => {
		await at.close();
		at = await newsroom({ holdFirstPosts: true });
		const thread = await at.say('ines', 'trees');
		await follows('ines');
		const held = await at.reply('ama', thread.id);
		expect(held.status).toBe('held');
		await at.tell();
		expect(await at.news()).toEqual([]);
		await publishContribution(at.house, await at.as('mod'), { id: held.id });
		await at.tell();
		expect(await at.hears('ama')).toEqual(['A moderator published what you wrote']);
		expect(await at.hears('ines')).toEqual(['ama replied in a conversation of yours']);
		const again = new Notifier(at.house, at.live);
		await again.start({ since: 0 });
		expect(await again.sweep(), 'a restart tells nothing twice').toBe(0);
	});

	test('what is hidden or taken back disappears from the news of others', async () => {
		await follows('ines');
		await follows('jonas');
		const first = await at.say('ama', 'trees');
		const second = await at.say('ama', 'two metres');
		await at.tell();
		expect(await unread('jonas')).toBe(2);
		const reason = 'It insults a neighbour.';
		await hideContribution(at.house, await at.as('mod'), { id: first.id, reason });
		await withdrawContribution(at.house, await at.as('ama'), second.id);
		expect(await at.hears('jonas')).toEqual([]);
		expect(await unread('jonas')).toBe(0);
		await at.tell();
		expect(await at.hears('ama')).toEqual(['A moderator hid what you wrote, and says why']);
	});

	test('a disabled account hears nothing', async () => {
		await follows('jonas');
		await at.house.store.transact(async (tx) => {
			await tx.update(person).set({ status: 'disabled' }).where(eq(person.id, at.ids.jonas));
		});
		await at.say('ama', 'trees');
		expect(await at.tell()).toBe(0);
	});
});

describe('N4 the reading of the record', () => {
	test('a restart goes on where it stopped, and tells nothing twice', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.reply('jonas', id);
		expect(await at.tell()).toBe(1);
		await at.notifier.stop();
		await at.reply('ines', id);
		const next = new Notifier(at.house, at.live);
		await next.start();
		expect(await next.sweep(), 'ama and jonas hear of ines').toBe(2);
		expect(await next.sweep()).toBe(0);
		expect(await at.news()).toHaveLength(3);
	});

	test('a house that never looked begins now, or where it is told to', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.reply('jonas', id);
		at.house.time.advance(3_600_000);
		expect(await new Notifier(at.house, at.live).sweep()).toBe(0);
	});

	test('what is committed late, and what is written while the clock stands back, is found', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.tell();
		const late = at.house.clock() - 4 * 60_000;
		const write = (targetId: string, time: number) =>
			at.house.store.transact((tx) =>
				appendEvent(tx, {
					at: time,
					personId: at.ids.jonas,
					verb: 'contribution.resolved',
					targetType: 'contribution',
					targetId,
					documentId: at.document.id
				})
			);
		await write(id, late);
		expect(await at.tell()).toBe(1);
		at.house.time.advance(-3_600_000);
		await write(id, at.house.clock());
		expect(await at.tell()).toBe(1);
	});

	test('two who read the record at once tell each thing once', async () => {
		const { id } = await at.say('ama', 'trees');
		for (const name of ['jonas', 'ines'] as const) await at.reply(name, id);
		const others = await Promise.all(
			[1, 2, 3].map(async () => {
				const one = new Notifier(at.house, at.live);
				await one.start({ since: 0 });
				return one;
			})
		);
		const made = await Promise.all([at.tell(), ...others.map((one) => one.sweep())]);
		await Promise.all(others.map((one) => one.stop()));
		expect(made.reduce((sum, n) => sum + n)).toBe(3);
		expect(await at.news()).toHaveLength(3);
	});

	test('an announcement wakes it', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.reply('jonas', id);
		await expect.poll(() => unread('ama'), { timeout: 5_000 }).toBe(1);
	});

	test('one event that cannot be told does not silence the others', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.reply('jonas', id);
		const broken = new Notifier(at.house, {
			read: () => Promise.reject(new Error('no text'))
		} as never);
		await broken.start({ since: 0 });
		expect(await broken.sweep()).toBe(0);
		expect(await at.tell(), 'and it is tried again').toBe(1);
	});
});

describe('N5 the inbox', () => {
	test('reading a line reads the burst, and not what came since', async () => {
		const { id } = await at.say('ama', 'trees');
		await at.reply('jonas', id);
		await at.reply('ines', id);
		await at.tell();
		const ama = await at.as('ama');
		const inbox = await readInbox(at.house, ama, { show: 'unread', page: 1 });
		expect(inbox.lines).toMatchObject([{ count: 2, unread: true }]);
		await at.reply('jonas', id);
		await at.tell();
		await markRead(at.house, ama, inbox.lines[0]!.id);
		expect(await at.hears('ama', 'unread')).toEqual(['jonas replied in a conversation of yours']);
		expect(await at.hears('ama')).toHaveLength(2);
		const { newest } = await readInbox(at.house, ama, { show: 'all', page: 1 });
		await markAllRead(at.house, ama, newest!);
		expect(await unread('ama')).toBe(0);
	});

	test('opening leads there and is reading; another’s news do not exist', async () => {
		const { id } = await at.say('ama', 'trees');
		const reply = await at.reply('jonas', id);
		await at.tell();
		const [row] = await at.news();
		for (const other of [await at.as('jonas'), await at.as('mod')]) {
			await expect(openNews(at.house, other, row!.id)).rejects.toMatchObject({ kind: 'NotFound' });
			await expect(markRead(at.house, other, row!.id)).rejects.toMatchObject({ kind: 'NotFound' });
		}
		await expect(openNews(at.house, VISITOR, row!.id)).rejects.toMatchObject({
			code: 'sign_in_needed'
		});
		expect(await unread('ama')).toBe(1);
		expect(await openNews(at.house, await at.as('ama'), row!.id)).toBe(
			`/documents/shade/annotations/${id}#reply-${reply.id}`
		);
		expect(await unread('ama')).toBe(0);
	});

	test('pages: every line once, latest first', async () => {
		await follows('jonas');
		const threads = [];
		for (let n = 0; n < 30; n += 1) {
			at.house.time.advance(3_600_000);
			threads.push(await at.say('jonas', 'trees'));
			await at.reply('ama', threads.at(-1)!.id);
		}
		await at.tell();
		const jonas = await at.as('jonas');
		const [first, second] = await Promise.all(
			[1, 2].map((page) => readInbox(at.house, jonas, { show: 'all', page }))
		);
		expect(first).toMatchObject({ total: 30, pages: 2, unread: 30 });
		const shown = [...first!.lines, ...second!.lines].map(({ detail }) => detail.head);
		expect(shown).toEqual(threads.map(({ id }) => id).reverse());
	});
});

describe('N8 following', () => {
	test('only what one may read and what is there; twice is once; a visitor signs in', async () => {
		await expect(follow(at.house, at.live, VISITOR, here())).rejects.toMatchObject({
			code: 'sign_in_needed'
		});
		await expect(follows('ama', 'c9')).rejects.toMatchObject({ code: 'clause_not_found' });
		await follows('ama');
		await follows('ama');
		await follows('ama', 'c2');
		expect(await followingOn(at.house, await at.as('ama'), at.document.id)).toEqual({
			whole: true,
			clauses: ['c2']
		});
		const list = await listFollowed(at.house, at.live, await at.as('ama'));
		expect(list).toMatchObject([
			{
				whole: true,
				document: { title: 'Shade' },
				passages: [{ block: 'c2', number: '2', words: expect.stringMatching(/^Street vendors/) }]
			}
		]);
		await unfollow(at.house, await at.as('ama'), here());
		await unfollow(at.house, await at.as('ama'), { ...here(), block: 'c2' });
		expect(await listFollowed(at.house, at.live, await at.as('ama'))).toEqual([]);
	});

	test('a private text can be followed by those inside, and gives no right to anybody', async () => {
		await at.house.store.transact(async (tx) => {
			await tx.update(document).set({ stage: 'private' }).where(eq(document.id, at.document.id));
		});
		await expect(follows('ama')).rejects.toMatchObject({ code: 'document_not_found' });
		await follows('ines');
	});
});
