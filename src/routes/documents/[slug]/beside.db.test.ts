import { afterEach, beforeEach, expect, test } from 'vitest';
import { rate } from '#lib/ballots/rate.server.ts';
import { annotationsForReading, cardsOf } from '#lib/contributions/reading.server.ts';
import { answer } from '#lib/decisions/answer.server.ts';
import { meetingWithDesk, type DeskMeeting } from '#lib/decisions/desk.testing.ts';
import { besideText } from './beside.server.ts';

let at: DeskMeeting;
beforeEach(async () => void (at = await meetingWithDesk()));
afterEach(() => at.close());

const page = async () => {
	const { house, live, document } = at;
	const said = await annotationsForReading(house, live, await at.as('jonas'), document);
	return besideText(at, document, said);
};

/** As an open page asks for the cards of one block, or (none) for what changed. */
const asked = async (block: string) => {
	const { house, live, document } = at;
	const query = block ? { block } : { since: 0 };
	const said = await cardsOf(house, live, await at.as('jonas'), document, query);
	return besideText(at, document, said, block);
};

const support = async (id: string, value: 1 | -1) =>
	rate(at.house, at.live, await at.as('jonas'), at.document.id, {
		...{ type: 'suggestion' as const, id, value: String(value), capacity: '' }
	});

test('suggestions stand beside the clauses they change, the best supported first, each with its support', async () => {
	const [first, better] = [
		await at.suggest('ama', ['ten metres', 'twelve metres']),
		await at.suggest('ama', ['ten metres', 'twenty metres'])
	];
	await support(first.id, -1);
	await support(better.id, 1);
	const { suggested } = await page();
	expect(suggested?.total).toBe(2);
	expect(Object.keys(suggested!.of)).toEqual(['c2']);
	const here = suggested!.of.c2!;
	expect(here.count).toBe(2);
	expect(here.lines.map(({ id }) => id)).toEqual([better.id, first.id]);
	expect(here.lines[0]).toMatchObject({
		author: { name: 'ama' },
		number: '2',
		support: { mild: 1 },
		marks: { heard: {}, answered: null }
	});
});

test('a clause asked for says that it has none; what changed names only the state', async () => {
	await at.suggest('ama', ['ten metres', 'twenty metres']);
	const nothing = await asked('c1');
	expect(nothing.suggested?.of).toMatchObject({ c1: { count: 0, lines: [] } });
	const before = await asked('');
	expect(before.suggested).toMatchObject({ total: 1, of: {} });
	await at.suggest('jonas', ['two metres', 'three metres']);
	const after = await asked('');
	expect(after.suggested?.state).not.toBe(before.suggested?.state);
});

test('A11 the cards of remarks carry the answer of the team and its link', async () => {
	const row = await at.say('ama', 'two metres');
	expect((await page()).cards[0]?.marks).toMatchObject({ heard: {}, answered: null });
	await answer(at.house, await at.as('ines'), at.document.id, {
		...{ contributionIds: [row.id], outcome: 'noted', reason: 'We looked at it.' }
	});
	expect((await page()).cards[0]?.marks?.answered).toMatchObject({
		reason: 'We looked at it.',
		href: `/documents/${at.document.slug}/decisions/1`
	});
});
