import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { event } from '#lib/server/schema.server.ts';
import { annotate, reply } from './annotate.server.ts';
import { listAnnotations, readThread } from './list.server.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { REPLIES_PAGE, type WantedReplies } from './replies.server.ts';
import { contribution, hold } from './schema.server.ts';
import type { AnnotationView } from './views.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const rows = () => at.house.store.db.select().from(contribution);
const onBlock = (block: string, more = {}) => ({ block, body: 'Yes.', key: at.key(), ...more });
const withdrawDocument = async () => {
	const lead = await at.as('ines');
	const move = { to: 'withdrawn', reason: 'Another text takes its place.', closes: '' } as const;
	await moveStage(at.house, at.live, lead, at.document.id, move);
};

describe('annotating', () => {
	test('C1 a citizen annotates chosen words and a whole clause', async () => {
		const words = await at.say('ama', 'within ten metres', 'Twenty!');
		const whole = await annotate(
			at.house,
			at.live,
			await at.as('ama'),
			at.document.id,
			onBlock('c1')
		);
		expect(words).toMatchObject({ kind: 'annotation', status: 'published', wholeBlock: false });
		expect(words.anchor).toMatchObject({ quote: 'within ten metres', blockId: 'c2' });
		expect(whole).toMatchObject({
			wholeBlock: true,
			anchor: { quote: 'Every shaded stop is public.' }
		});
		expect(words.capacity).toEqual({ kind: 'citizen', orgId: null, orgName: null });
	});

	test('C1 a visitor, and anybody once the text is closed, is refused', async () => {
		const { house, live, document } = at;
		await expect(annotate(house, live, VISITOR, document.id, onBlock('c1'))).rejects.toMatchObject({
			kind: 'Forbidden',
			code: 'sign_in_needed'
		});
		await withdrawDocument();
		const late = annotate(house, live, await at.as('ama'), document.id, onBlock('c1'));
		await expect(late).rejects.toMatchObject({ kind: 'Closed', code: 'document_closed' });
		expect(await rows()).toEqual([]);
	});

	test('C8 words that moved are found, words that went are a conflict that writes nothing', async () => {
		const seen = {
			from: 35,
			to: 48,
			quote: 'vendors may trade',
			prefix: 'Street ',
			suffix: ' within'
		};
		await at.rewrite('Every shaded stop', 'Every single shaded stop of this city');
		const { house, live, document } = at;
		const ama = await at.as('ama');
		const input = { ...seen, seq: 1, body: 'Which?', key: at.key() };
		expect((await annotate(house, live, ama, document.id, input)).anchor?.quote).toBe(seen.quote);
		await at.rewrite('vendors may trade', 'sellers trade');
		const again = annotate(house, live, ama, document.id, { ...input, key: at.key() });
		await expect(again).rejects.toMatchObject({ kind: 'Conflict', code: 'annotation_words_gone' });
		expect(await rows()).toHaveLength(1);
	});

	test('C8 words copied into the form are found in their clause, or refused with the field', async () => {
		const { house, live, document } = at;
		const ama = await at.as('ama');
		const found = await annotate(
			house,
			live,
			ama,
			document.id,
			onBlock('c3', { quote: 'two metres' })
		);
		expect(found).toMatchObject({ wholeBlock: false, anchor: { quote: 'two metres' } });
		const wrong = annotate(house, live, ama, document.id, onBlock('c3', { quote: 'three metres' }));
		await expect(wrong).rejects.toMatchObject({
			code: 'quote_not_in_block',
			params: { field: 'quote' }
		});
	});

	test('C9 one form sent five times at once makes one row and one event', async () => {
		const { house, live, document } = at;
		const ama = await at.as('ama');
		const input = onBlock('c2');
		const sent = await Promise.all(
			Array.from({ length: 5 }, () => annotate(house, live, ama, document.id, input))
		);
		expect(new Set(sent.map((row) => row.id)).size).toBe(1);
		expect(await rows()).toHaveLength(1);
		const told = await house.store.db
			.select()
			.from(event)
			.where(eq(event.verb, 'contribution.made'));
		expect(told).toHaveLength(1);
	});

	test('C10 the eleventh remark within a minute has to wait', async () => {
		const { house, live, document } = at;
		const ama = await at.as('ama');
		const once = () => annotate(house, live, ama, document.id, onBlock('c2'));
		for (let times = 0; times < 10; times++) await once();
		await expect(once()).rejects.toMatchObject({ kind: 'TooMany', code: 'too_many_remarks' });
		house.time.advance(61_000);
		await once();
		expect(await rows()).toHaveLength(11);
	});

	test('C11 the commit is announced, and the event holds no words', async () => {
		const told: unknown[] = [];
		at.house.bus.on('contribution', (payload) => told.push(payload));
		const row = await at.say('ama', 'trees', 'A secret word: xylophone.');
		expect(told).toEqual([{ documentId: at.document.id, contributionId: row.id }]);
		const events = await at.house.store.db.select().from(event).where(eq(event.targetId, row.id));
		expect(events).toMatchObject([{ verb: 'contribution.made', personId: at.ids.ama }]);
		expect(JSON.stringify(events)).not.toContain('xylophone');
	});

	test('a capacity that is not held cannot be spoken in', async () => {
		const borrowed = at.say('ama', 'trees', 'As mayor.', { capacity: 'somebodyelse' });
		await expect(borrowed).rejects.toMatchObject({ kind: 'Invalid', code: 'capacity_not_yours' });
	});
});

describe('replying', () => {
	test('C2 a reply to a reply joins the same thread, in order', async () => {
		const { house, live, document } = at;
		const head = await at.say('ama', 'two metres');
		const first = await reply(house, await at.as('jonas'), {
			id: head.id,
			body: 'One.',
			key: at.key()
		});
		house.time.advance(1_000);
		const second = await reply(house, await at.as('ama'), {
			id: first.id,
			body: 'Two.',
			key: at.key()
		});
		expect(second.parentId).toBe(head.id);
		const { thread } = await readThread(house, live, VISITOR, document.id, head.id);
		expect(thread.replies.map((one) => one.body)).toEqual(['One.', 'Two.']);
		expect(thread.may).toEqual({
			edit: false,
			withdraw: false,
			reply: false,
			resolve: false,
			merge: false
		});
	});

	test('C2 a long thread is read page by page, and an address that names a reply opens its page', async () => {
		const { house, live, document } = at;
		const head = await at.say('ama', 'two metres');
		const jonas = await at.as('jonas');
		const ids: string[] = [];
		for (let n = 1; n <= REPLIES_PAGE + 3; n += 1) {
			house.time.advance(20 * 60_000);
			const made = await reply(house, jonas, { id: head.id, body: `${n}.`, key: at.key() });
			ids.push(made.id);
		}
		const read = async (wanted: WantedReplies) =>
			(await readThread(house, live, VISITOR, document.id, head.id, wanted)).thread;
		const shown = (thread: AnnotationView) => thread.replies.map(({ id }) => id);
		const first = await read({ page: 1 });
		expect(shown(first)).toEqual(ids.slice(0, REPLIES_PAGE));
		expect(first.replied).toEqual({ total: ids.length, page: 1, pages: 2 });
		const last = await read({ page: 1, having: ids.at(-1) });
		expect(shown(last)).toEqual(ids.slice(REPLIES_PAGE));
		expect(last.replied.page).toBe(2);
		expect((await read({ page: 9 })).replied.page).toBe(2);
		expect((await read({ page: 1, having: 'nobody' })).replied.page).toBe(1);

		const { items } = await listAnnotations(house, live, VISITOR, document.id, {
			show: 'open',
			order: 'place',
			page: 1
		});
		expect(shown(items[0]!)).toEqual(ids.slice(-10));
		expect(items[0]!.replied.total).toBe(ids.length);
	});

	test('C1 nobody replies once the text is closed', async () => {
		const head = await at.say('ama', 'two metres');
		await withdrawDocument();
		const late = reply(at.house, await at.as('jonas'), {
			id: head.id,
			body: 'Late.',
			key: at.key()
		});
		await expect(late).rejects.toMatchObject({ kind: 'Closed' });
	});
});

describe('holding', () => {
	beforeEach(async () => {
		await at.close();
		at = await meeting({ holdFirstPosts: true });
	});

	test('C7, C6 a new account is held, seen by its author and the moderator only', async () => {
		const { house, live, document } = at;
		const row = await at.say('ama', 'two metres', 'First!');
		expect(row.status).toBe('held');
		expect(await house.store.db.select().from(hold)).toMatchObject([
			{ contributionId: row.id, endedAt: null }
		]);
		const read = async (name: 'ama' | 'jonas' | 'mod' | 'ines') =>
			readThread(house, live, await at.as(name), document.id, row.id);
		expect((await read('ama')).thread).toMatchObject({ body: 'First!', status: 'held' });
		expect((await read('mod')).thread.body).toBe('First!');
		await expect(read('jonas')).rejects.toMatchObject({ kind: 'NotFound' });
		await expect(read('ines')).rejects.toMatchObject({ kind: 'NotFound' });
	});

	test('C7 a second post before the first is published waits too; somebody known does not', async () => {
		await at.say('ama', 'two metres');
		expect((await at.say('ama', 'ten metres')).status).toBe('held');
		expect((await at.say('ines', 'trees')).status).toBe('published');
	});

	test('C2 nobody replies to what they cannot see', async () => {
		const row = await at.say('ama', 'two metres');
		const blind = reply(at.house, await at.as('jonas'), { id: row.id, body: 'Hm.', key: at.key() });
		await expect(blind).rejects.toMatchObject({ kind: 'NotFound' });
	});
});
