import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { contentHash } from '#lib/documents/hash.ts';
import { freezeVersion } from '#lib/documents/versions.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { event } from '#lib/server/schema.server.ts';
import { ownRatings } from './own.server.ts';
import { rate, unrate } from './rate.server.ts';
import { poll, type Poll } from './scene.testing.ts';
import { ratedText } from './schema.server.ts';
import { askLater, markAsked, reconfirm, staleRatingsOf, toAsk } from './stale.server.ts';
import { talliesOn, tallyOn } from './tallies.server.ts';

let at: Poll;
beforeEach(async () => {
	at = await poll();
});
afterEach(() => at.close());

const verbs = async () => {
	const rows = await at.house.store.db
		.select()
		.from(event)
		.where(eq(event.targetType, 'rating'))
		.orderBy(event.id);
	return rows.map((row) => [row.verb, row.detail?.value] as const);
};
const clause = (id: string) => tallyOn(at.house, at.document.id, { type: 'clause', id }, at.live);
const hashOf = async (id: string) => {
	const { blocks } = await at.live.read(at.document.id);
	return contentHash([blocks.find((block) => block.id === id)!]);
};

describe('giving support', () => {
	test('B1 signed in, while the text takes remarks, on what one may read', async () => {
		await expect(at.give(VISITOR, { id: 'c1', value: 1 })).rejects.toThrow('sign_in_needed');
		const ama = await at.as('ama');
		await expect(
			rate(at.house, at.live, ama, 'nowhere', { type: 'clause', id: 'c1', value: 1 })
		).rejects.toThrow('document_not_found');
		await at.give(ama, { id: 'c1', value: 1 });
		await moveStage(at.house, at.live, await at.as('ines'), at.document.id, {
			to: 'withdrawn',
			reason: 'Over.',
			closes: ''
		});
		await expect(at.give(ama, { id: 'c1', value: 2 })).rejects.toThrow('document_closed');
		const c1 = { type: 'clause', id: 'c1' } as const;
		await expect(unrate(at.house, ama, at.document.id, c1)).rejects.toThrow('document_closed');
		expect(await clause('c1')).toMatchObject({ mild: 1, total: 1 });
	});

	test('B2 only on what is there: a clause of the text, a published suggestion, a version', async () => {
		const ama = await at.as('ama');
		await expect(at.give(ama, { id: 'c9', value: 1 })).rejects.toThrow('clause_not_found');
		const id = await at.suggest('ten → twenty');
		await at.give(ama, { type: 'suggestion', id, value: 2 });
		await withdrawContribution(at.house, await at.as('jonas'), id);
		await expect(at.give(ama, { type: 'suggestion', id, value: 1 })).rejects.toThrow(
			'suggestion_not_found'
		);
		const answered = await at.suggest('two → three');
		await at.decide(answered, 'declined');
		await expect(at.give(ama, { type: 'suggestion', id: answered, value: 1 })).rejects.toThrow(
			'suggestion_answered'
		);
		const version = await freezeVersion(
			at.house,
			at.live,
			await at.as('ines'),
			at.document.id,
			'As heard.'
		);
		const row = await at.give(ama, { type: 'version', id: version.id, value: -1 });
		expect(row.textHash).toBe(version.contentHash);
	});

	test('B3 one for each person and thing, changed in place; the record keeps every change', async () => {
		const ama = await at.as('ama');
		const first = await at.give(ama, { id: 'c1', value: 2 });
		const again = await at.give(ama, { id: 'c1', value: 2 });
		const changed = await at.give(ama, { id: 'c1', value: -1 });
		expect([again.id, changed.id]).toEqual([first.id, first.id]);
		expect(await at.rows()).toHaveLength(1);
		expect(await clause('c1')).toMatchObject({ against: 1, strong: 0, total: 1 });
		at.house.time.advance(1);
		await unrate(at.house, ama, at.document.id, { type: 'clause', id: 'c1' });
		await unrate(at.house, ama, at.document.id, { type: 'clause', id: 'c1' });
		expect(await at.rows()).toEqual([]);
		expect(await clause('c1')).toMatchObject({ total: 0 });
		expect(await verbs()).toEqual([
			['rating.given', 2],
			['rating.changed', -1],
			['rating.withdrawn', -1]
		]);
	});

	test('B3 fifty at once by one person are one', async () => {
		const ama = await at.as('ama');
		const values = Array.from({ length: 50 }, (_, n) => ((n % 5) - 2) as -2 | -1 | 0 | 1 | 2);
		await Promise.all(values.map((value) => at.give(ama, { id: 'c2', value })));
		const rows = await at.rows();
		expect(rows).toHaveLength(1);
		expect((await clause('c2')).total).toBe(1);
		const told = (await verbs()).map(([verb]) => verb);
		expect(told.filter((verb) => verb === 'rating.given')).toHaveLength(1);
		expect(new Set(told)).toEqual(new Set(['rating.given', 'rating.changed']));
	});
});

describe('the exact text', () => {
	test('B4 it names the hash of the clause, whose words are kept once', async () => {
		const row = await at.give(await at.as('ama'), { id: 'c2', value: 1 });
		await at.give(await at.as('jonas'), { id: 'c2', value: 2 });
		expect(row.textHash).toBe(await hashOf('c2'));
		const kept = await at.house.store.db.select().from(ratedText);
		expect(kept).toHaveLength(1);
		expect(kept[0]!.text).toContain('Street vendors may trade within ten metres');
	});

	test('B4 what one did not see one cannot support', async () => {
		const ama = await at.as('ama');
		const seen = await hashOf('c2');
		await at.rewrite('ten metres', 'twenty metres');
		await expect(at.give(ama, { id: 'c2', value: 1, seen })).rejects.toThrow('text_changed');
		await at.give(ama, { id: 'c2', value: 1, seen: await hashOf('c2') });
	});

	test('B4 a changed clause makes support stale, and its giver reconfirms on the difference', async () => {
		const ama = await at.as('ama');
		const own = async () => (await ownRatings(at.house, at.live, ama, at.document.id))['clause:c2'];
		await at.give(ama, { id: 'c2', value: 2 });
		await at.give(await at.as('jonas'), { id: 'c2', value: 1 });
		await at.give(ama, { id: 'c1', value: 1 });
		expect(await clause('c2')).toMatchObject({ strong: 1, mild: 1, stale: 0 });
		await at.rewrite('ten metres', 'twenty metres');
		expect(await clause('c2')).toMatchObject({ strong: 1, mild: 1, stale: 2, total: 2 });
		expect(await clause('c1')).toMatchObject({ stale: 0 });
		expect(await own()).toMatchObject({ stale: true, ask: true });

		const [stale, ...none] = await staleRatingsOf(at.house, at.live, ama, at.document.id);
		expect(none).toEqual([]);
		expect(stale).toMatchObject({ number: '2', hash: await hashOf('c2') });
		expect(stale!.html).toContain('within <del>ten</del><ins>twenty</ins> metres');

		at.house.time.advance(1_000);
		const input = { rating: stale!.own.ratingId, seen: stale!.hash! };
		const jonas = await at.as('jonas');
		await expect(reconfirm(at.house, at.live, jonas, input)).rejects.toThrow('rating_not_found');
		await reconfirm(at.house, at.live, ama, input);
		expect(await own()).toMatchObject({ stale: false, ask: false, value: 2 });
		expect(await clause('c2')).toMatchObject({ strong: 1, mild: 1, stale: 1 });
		expect((await verbs()).at(-1)).toEqual(['rating.reconfirmed', 2]);

		await at.rewrite('twenty metres', 'thirty metres');
		await expect(reconfirm(at.house, at.live, ama, input)).rejects.toThrow('text_changed');
		// As it read when it was given, it is support for this text again.
		await at.rewrite('thirty metres', 'twenty metres');
		expect(await own()).toMatchObject({ stale: false });
	});

	test('B4 asked once for each new text, and not while it is being written', async () => {
		const ama = await at.as('ama');
		await at.give(ama, { id: 'c2', value: 2 });
		await at.rewrite('ten metres', 'twenty metres');
		expect(await toAsk(at.house, at.live, at.document.id)).toEqual([]);
		at.house.time.advance(11 * 60_000);
		const asking = await toAsk(at.house, at.live, at.document.id);
		expect(asking).toMatchObject([{ personId: at.ids.ama, blockId: 'c2' }]);
		await at.house.store.transact((tx) => markAsked(tx, asking));
		expect(await toAsk(at.house, at.live, at.document.id)).toEqual([]);
		expect(await staleRatingsOf(at.house, at.live, ama, at.document.id)).toHaveLength(1);

		await at.rewrite('twenty metres', 'thirty metres');
		at.house.time.advance(11 * 60_000);
		expect(await toAsk(at.house, at.live, at.document.id)).toHaveLength(1);
		await askLater(at.house, at.live, ama, at.document.id);
		expect(await toAsk(at.house, at.live, at.document.id)).toEqual([]);
	});

	test('B4 a clause that is gone keeps the words one supported, to be let go', async () => {
		const ama = await at.as('ama');
		await at.give(ama, { id: 'c4', value: 2 });
		await at.live.write(at.document.id, at.ids.ines, (body) => {
			const from = body.toString().indexOf('The city counts');
			body.delete(from, body.length - from);
		});
		const [stale] = await staleRatingsOf(at.house, at.live, ama, at.document.id);
		expect(stale).toMatchObject({ hash: null, number: null });
		expect(stale!.html).toBe('<del>The city counts the trees every spring.</del>');
		await unrate(at.house, ama, at.document.id, { type: 'clause', id: 'c4' });
		expect((await talliesOn(at.house, at.document.id, at.live)).size).toBe(0);
	});
});
