import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { VISITOR } from '#lib/people/actor.ts';
import { newId } from '#lib/server/ids.ts';
import { createAnchor } from './anchor.ts';
import { withdrawContribution } from './amend.server.ts';
import { reply } from './annotate.server.ts';
import { announce } from './contribute.server.ts';
import type { ListQuery } from './inputs.ts';
import { listAnnotations, PAGE, readThread } from './list.server.ts';
import { CLAUSES, meeting, type Meeting } from './meeting.testing.ts';
import { annotationsForReading, cardsOf, hasNews, overlayOf } from './reading.server.ts';
import { resolveThread } from './resolve.server.ts';
import { contribution } from './schema.server.ts';
import { changeStanding } from './standing.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const USUAL: ListQuery = { show: 'open', order: 'place', page: 1, block: undefined };
const list = async (query: Partial<ListQuery> = {}, actor = VISITOR) =>
	listAnnotations(at.house, at.live, actor, at.document.id, { ...USUAL, ...query });
const quotes = async (query: Partial<ListQuery> = {}, actor = VISITOR) =>
	(await list(query, actor)).items.map((item) => item.quote);

describe('the list', () => {
	test('is in the order of the text or newest first, and filtered', async () => {
		const trees = await at.say('ama', 'trees');
		const ten = await at.say('jonas', 'ten metres');
		const public_ = await at.say('ama', 'public');
		expect(await quotes()).toEqual(['public', 'ten metres', 'trees']);
		expect(await quotes({ order: 'newest' })).toEqual(['public', 'ten metres', 'trees']);
		expect(await quotes({ block: 'c2' })).toEqual(['ten metres']);
		await reply(at.house, await at.as('ama'), { id: ten.id, body: 'Yes.', key: at.key() });
		expect(await quotes({ show: 'mine' }, await at.as('ama'))).toEqual([
			'public',
			'ten metres',
			'trees'
		]);
		expect(await quotes({ show: 'mine' }, await at.as('jonas'))).toEqual(['ten metres']);
		await resolveThread(at.house, await at.as('ama'), trees.id);
		expect(await quotes({ show: 'resolved' })).toEqual(['trees']);
		expect((await list()).counts).toMatchObject({ open: 2, resolved: 1, all: 3, mine: 0 });
		const { previous, next } = await readThread(at.house, at.live, VISITOR, at.document.id, ten.id);
		expect({ previous, next }).toEqual({ previous: public_.id, next: trees.id });
	});

	test('C12 an anchor stays on its words, says when they changed, and where they stood when they went', async () => {
		await at.say('ama', 'shaded stop is public');
		await at.say('jonas', 'A passage of two metres stays free');
		await at.say('ama', 'counts the trees');
		await at.rewrite('Every ', 'In this city, each and every ');
		await at.rewrite('two metres', 'two and a half metres');
		await at.rewrite('The city counts the trees every spring.', '');
		const { items, counts } = await list();
		expect(items.map((item) => [item.quote, item.place.status, item.place.number])).toEqual([
			['shaded stop is public', 'exact', '1'],
			['A passage of two metres stays free', 'changed', '3'],
			['counts the trees', 'orphaned', '4']
		]);
		expect(counts).toMatchObject({ open: 3, changed: 1, orphaned: 1 });
		const body = (await at.live.read(at.document.id)).body.toString();
		const { from, to } = items[0]!.place;
		expect(body.slice(from, to)).toBe('shaded stop is public');
		const cached = await at.house.store.db.select().from(contribution);
		expect(cached.map((row) => row.anchorStatus).sort()).toEqual(['changed', 'exact', 'orphaned']);
	});

	test('C12 an anchor survives the rebuilding of its document', async () => {
		await at.say('ama', 'ten metres');
		expect(await at.live.newEpoch(at.document.id)).toBe(2);
		expect((await list()).items[0]!.place).toMatchObject({ status: 'exact', blockId: 'c2' });
	});

	test('a page at a time, and beyond the last is the last', async () => {
		await scatter(PAGE + 3);
		const [first, second, beyond] = [
			await list(),
			await list({ page: 2 }),
			await list({ page: 99 })
		];
		expect(first).toMatchObject({ total: PAGE + 3, page: 1, pages: 2 });
		expect(first.items).toHaveLength(PAGE);
		expect(second.items).toHaveLength(3);
		expect(beyond.page).toBe(2);
		const all = [...first.items, ...second.items].map((item) => item.id);
		expect(new Set(all).size).toBe(PAGE + 3);
	});
});

describe('the reading page', () => {
	test('gets every place, and cards that changed since it asked', async () => {
		const ten = await at.say('ama', 'ten metres');
		const page = await annotationsForReading(at.house, at.live, VISITOR, at.document);
		expect(page).toMatchObject({
			total: 1,
			figures: { c2: { comments: 1 } },
			why: 'sign_in',
			may: { annotate: false }
		});
		const { marks } = await overlayOf(at.house, at.live, VISITOR, at.document);
		expect(marks).toMatchObject([{ id: ten.id, block: 'c2', whole: false, status: 'exact' }]);
		expect(page.cards).toHaveLength(1);
		expect(page.cards[0]).not.toHaveProperty('anchor');
		at.house.time.advance(120_000);
		const later = { since: at.house.clock() };
		const ama = await at.as('ama');
		expect((await cardsOf(at.house, at.live, ama, at.document, later)).cards).toEqual([]);
		await reply(at.house, await at.as('jonas'), { id: ten.id, body: 'Hear, hear.', key: at.key() });
		const news = await cardsOf(at.house, at.live, ama, at.document, later);
		expect(news.cards).toMatchObject([{ id: ten.id, replies: [{ body: 'Hear, hear.' }] }]);
		expect(news).toMatchObject({ may: { annotate: true }, why: null });
	});

	test('is told which threads are not open any more', async () => {
		const [ten, trees] = [await at.say('ama', 'ten metres'), await at.say('ama', 'trees')];
		at.house.time.advance(120_000);
		const since = at.house.clock();
		const news = () => cardsOf(at.house, at.live, VISITOR, at.document, { since });
		expect(await news()).toMatchObject({ total: 2, gone: [] });
		await resolveThread(at.house, await at.as('ama'), ten.id);
		expect(await news()).toMatchObject({
			total: 1,
			gone: [ten.id],
			figures: { c4: { comments: 1 } }
		});
		await withdrawContribution(at.house, await at.as('ama'), trees.id);
		expect(await news()).toMatchObject({ total: 0, gone: [ten.id, trees.id], figures: {} });
	});

	test('C6 all share one reading but those whose words others do not see', async () => {
		await at.say('ama', 'ten metres');
		const seen = async (name: Parameters<Meeting['as']>[0]) =>
			overlayOf(at.house, at.live, await at.as(name), at.document);
		const everybody = await overlayOf(at.house, at.live, VISITOR, at.document);
		expect(await seen('ama')).toBe(everybody);
		expect(await seen('jonas')).toBe(everybody);
		expect((await seen('mod')).seenBy).toBe('moderators');
		const row = await at.say('jonas', 'trees');
		await at.house.store.transact((tx) =>
			changeStanding(tx, row, 'hidden', { by: at.ids.mod, at: at.house.clock(), reason: 'Rude.' })
		);
		announce(at.house, row);
		expect((await seen('jonas')).marks).toHaveLength(2);
		expect((await seen('mod')).marks).toHaveLength(2);
		expect((await seen('ama')).marks).toHaveLength(1);
		expect((await seen('jonas')).state).not.toBe((await seen('ama')).state);
	});

	test('an open page hears that there is nothing new until something is', async () => {
		await at.say('ama', 'ten metres');
		at.house.time.advance(120_000);
		const asked = { since: at.house.clock(), seq: (await at.live.read(at.document.id)).seq };
		const news = () => hasNews(at.house, at.live, at.document.id, asked);
		expect(await news()).toBe(false);
		await at.rewrite('ten metres', 'twelve metres');
		expect(await news()).toBe(true);
		asked.seq = (await at.live.read(at.document.id)).seq;
		expect(await news()).toBe(false);
		await at.say('jonas', 'trees');
		expect(await news()).toBe(true);
	});

	test('2,000 annotations on 20,000 words: the times are reported', async () => {
		await at.close();
		const long = Array.from({ length: 500 }, (_, row) =>
			CLAUSES.map((op) => relabelled(op, row))
		).flat();
		at = await meeting({}, long);
		await scatter(2_000);
		const timed = async (work: () => Promise<unknown>) => {
			const from = performance.now();
			await work();
			return Math.round(performance.now() - from);
		};
		const read = () => annotationsForReading(at.house, at.live, VISITOR, at.document);
		const cold = await timed(read);
		const warm = await timed(read);
		await at.rewrite('Every shaded stop', 'Each shaded stop');
		const edited = await timed(read);
		const listed = await timed(() => list({ page: 40 }));
		console.log(
			`2,000 annotations: cold ${cold} ms, unchanged text ${warm} ms, text moved on ${edited} ms, list page ${listed} ms`
		);
		expect((await read()).total).toBe(2_000);
	});
});

function relabelled(op: (typeof CLAUSES)[number], row: number) {
	const block = op.attributes?.block as { id: string } | undefined;
	return block ? { ...op, attributes: { block: { ...block, id: `${block.id}-${row}` } } } : op;
}

/** Annotations all over the text, written past the limits of how fast a person may write. */
async function scatter(many: number) {
	const { body, blocks, seq } = await at.live.read(at.document.id);
	const length = body.length - 30;
	for (let from = 0; from < many; from += 100) {
		const rows = Array.from({ length: Math.min(100, many - from) }, (_, place) => {
			const start = Math.floor(((from + place) / many) * length);
			const now = at.house.clock();
			return {
				id: newId(now + from + place),
				kind: 'annotation' as const,
				targetType: 'document' as const,
				targetId: at.document.id,
				documentId: at.document.id,
				personId: at.ids.ama,
				capacity: { kind: 'citizen' as const, orgId: null, orgName: null },
				termsVersion: '1',
				body: 'Here.',
				anchor: createAnchor(body, blocks, start, start + 20, seq),
				anchorStatus: 'exact' as const,
				wholeBlock: false,
				status: 'published' as const,
				idempotencyKey: at.key(),
				createdAt: now,
				changedAt: now
			};
		});
		await at.house.store.transact(async (tx) => {
			await tx.insert(contribution).values(rows);
		});
	}
}
