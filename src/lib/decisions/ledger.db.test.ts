import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { hideContribution } from '#lib/moderation/decide.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { acceptTogether } from './accept.server.ts';
import { answer } from './answer.server.ts';
import { meetingWithDesk, type DeskMeeting } from './desk.testing.ts';
import { LedgerQuery } from './inputs.ts';
import { ledgerEntries, PAGE, readLedger } from './ledger.server.ts';

let at: DeskMeeting;
beforeEach(async () => {
	at = await meetingWithDesk();
});
afterEach(() => at.close());

const ask = (query: Record<string, unknown> = {}) =>
	readLedger(at.house, at.live, VISITOR, at.document.id, v.parse(LedgerQuery, query));
const idsOf = (ledger: { entries: Array<{ id: string }> }) => ledger.entries.map(({ id }) => id);

test('A10 anybody reads what was said, what became of it, and why', async () => {
	const ines = await at.as('ines');
	const remark = await at.say('ama', 'two metres', 'Why two?');
	const wide = await at.suggest('jonas', ['ten metres', 'twenty metres']);
	const waits = await at.say('jonas', 'trees', 'Which trees?');
	await answer(at.house, ines, at.document.id, {
		...{ contributionIds: [remark.id], outcome: 'noted', reason: 'A wheelchair is one metre.' }
	});
	await acceptTogether(at.house, at.live, ines, at.document.id, {
		...{ contributionIds: [wide.id], reason: 'The trial showed it.' }
	});
	const ledger = await ask();
	expect(idsOf(ledger)).toEqual([waits.id, wide.id, remark.id]);
	expect(ledger.counts).toMatchObject({ all: 3, waiting: 1, noted: 1, accepted: 1, declined: 0 });
	expect(ledger.entries).toMatchObject([
		{ outcome: null, decision: null, body: 'Which trees?', quote: 'trees', number: '4' },
		{
			outcome: 'accepted',
			decision: { number: 2, reason: 'The trial showed it.' },
			change: { parts: expect.arrayContaining([{ kind: 'ins', text: 'twenty metres' }]) },
			href: `/documents/${at.document.slug}/suggestions/${wide.id}`,
			number: '2'
		},
		{ outcome: 'noted', author: 'ama', decision: { number: 1 }, number: '3' }
	]);
});

test('A10 filters by outcome, kind, clause and capacity; an odd address shows everything', async () => {
	const remark = await at.say('ama', 'two metres');
	const wide = await at.suggest('jonas', ['ten metres', 'twenty metres']);
	const gone = await at.say('jonas', 'every spring');
	await at.live.write(at.document.id, at.ids.ines, (body) => {
		const from = body.toString().indexOf('The city');
		body.delete(from, body.length - from);
	});
	expect(idsOf(await ask({ kind: 'suggestion' }))).toEqual([wide.id]);
	expect(idsOf(await ask({ clause: 'c3' }))).toEqual([remark.id]);
	expect(idsOf(await ask({ clause: 'gone' }))).toEqual([gone.id]);
	expect(idsOf(await ask({ outcome: 'declined' }))).toEqual([]);
	expect(idsOf(await ask({ capacity: 'employee' }))).toEqual([]);
	expect(idsOf(await ask({ sort: 'clause' }))).toEqual([wide.id, remark.id, gone.id]);
	const odd = await ask({ outcome: 'x', kind: '', sort: '1', page: '-3', capacity: 'king' });
	expect(odd).toMatchObject({ total: 3, page: 1, kinds: ['annotation', 'suggestion'] });
	expect(odd.clauses.map(({ id }) => id)).toEqual(['c2', 'c3', 'gone']);
});

test('A10 what was answered stays when its words go; what was not does not', async () => {
	const ines = await at.as('ines');
	const [one, two] = [await at.say('ama', 'two metres'), await at.say('jonas', 'trees')];
	const never = await at.say('ama', 'public');
	await answer(at.house, ines, at.document.id, {
		...{ contributionIds: [one.id, two.id], outcome: 'declined', reason: 'No.' }
	});
	await withdrawContribution(at.house, await at.as('ama'), one.id);
	await withdrawContribution(at.house, await at.as('ama'), never.id);
	await hideContribution(at.house, await at.as('mod'), { id: two.id, reason: 'Rude.' });
	const { entries } = await ask();
	expect(entries).toMatchObject([
		{ id: two.id, status: 'hidden', body: null, quote: null, decision: { reason: 'No.' } },
		{ id: one.id, status: 'withdrawn', body: null, quote: null }
	]);
});

test('A10 is paged, handed out whole, and read anew after every change', async () => {
	const row = await at.say('ama', 'two metres');
	const { db } = at.house.store;
	const [whole] = await db.select().from(contribution).where(eq(contribution.id, row.id));
	const many = Array.from({ length: 449 }, (_, each) => ({
		...whole!,
		...{ id: `more${each}`, idempotencyKey: `more-${each}`, createdAt: row.createdAt - each - 1 }
	}));
	for (let from = 0; from < many.length; from += 50) {
		await db.insert(contribution).values(many.slice(from, from + 50));
	}
	const last = await ask({ page: '9' });
	expect(last).toMatchObject({ total: 450, page: 9, pages: 9, entries: { length: PAGE } });
	const all: string[] = [];
	const filter = v.parse(LedgerQuery, {});
	for await (const slice of ledgerEntries(at.house, at.live, at.document, filter)) {
		all.push(...slice.map(({ id }) => id));
	}
	expect(new Set(all).size).toBe(450);
	expect(all[0]).toBe(row.id);
	await answer(at.house, await at.as('ines'), at.document.id, {
		...{ contributionIds: [row.id, 'more1'], outcome: 'noted', reason: 'Yes.' }
	});
	expect((await ask()).counts).toMatchObject({ waiting: 448, noted: 2 });
});

test('nobody learns of a text that is not theirs to read', async () => {
	const hidden = readLedger(at.house, at.live, VISITOR, 'nothing', v.parse(LedgerQuery, {}));
	await expect(hidden).rejects.toMatchObject({ code: 'document_not_found' });
});
