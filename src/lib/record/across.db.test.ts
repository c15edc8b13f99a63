/** N1 with the events of other areas as their own use-cases write them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rate } from '#lib/ballots/rate.server.ts';
import { beginBranch } from '#lib/contributions/branches.server.ts';
import { inviteToBranch, joinBranch } from '#lib/contributions/branch-group.server.ts';
import { publishBranch } from '#lib/contributions/suggest.server.ts';
import { bringIn } from '#lib/documents/team.server.ts';
import { acceptTogether } from '#lib/decisions/accept.server.ts';
import { answer } from '#lib/decisions/answer.server.ts';
import { undoDecision } from '#lib/decisions/undo.server.ts';
import { askAboutChanges } from './asking.server.ts';
import { follow } from './follow.server.ts';
import { openNews } from './inbox.server.ts';
import { newsroom, type Newsroom } from './newsroom.testing.ts';

let at: Newsroom;
beforeEach(async () => {
	at = await newsroom();
});
afterEach(() => at.close());

const later = () => at.house.time.advance(20_000);
const reason = 'The team has talked about it.';

test('a suggestion: followers hear it once, of the clause it changes; its author that it is rated', async () => {
	await follow(at.house, at.live, await at.as('ines'), { documentId: at.document.id });
	const c2 = { documentId: at.document.id, block: 'c2' };
	await follow(at.house, at.live, await at.as('mod'), c2);
	const { id } = await at.suggest('ama', ['ten metres', 'twenty metres']);
	await at.tell();
	for (const name of ['ines', 'mod'] as const) {
		expect(await at.hears(name)).toEqual(['ama suggests a change to clause 2']);
	}
	for (const name of ['jonas', 'ines'] as const) {
		const given = { type: 'suggestion', id, value: -1 } as const;
		await rate(at.house, at.live, await at.as(name), at.document.id, given);
	}
	await at.tell();
	expect(await at.hears('ama')).toEqual(['Your suggestion was rated 2 times']);
	expect(JSON.stringify(await at.news()), 'not by whom').not.toMatch(/"rated","by":"[^"]/);
});

test('an answer: all its authors, those who wrote with them, and who follows; and its undoing', async () => {
	const one = await at.say('ama', 'trees');
	const two = await at.say('ama', 'two metres');
	const other = await at.say('jonas', 'trees');
	await follow(at.house, at.live, await at.as('mod'), { documentId: at.document.id });
	later();
	const contributionIds = [one.id, two.id, other.id];
	const team = await at.as('ines');
	const decision = await answer(at.house, team, at.document.id, {
		contributionIds,
		outcome: 'noted',
		reason
	});
	await at.tell();
	expect(await at.hears('ama')).toEqual(['2 of your contributions were answered: noted']);
	expect(await at.hears('jonas')).toEqual(['You have an answer: noted']);
	expect(await at.hears('mod')).toEqual(['New decision by the policy team']);
	const own = (await at.news()).find(({ personId }) => personId === at.ids.jonas)!;
	expect(await openNews(at.house, await at.as('jonas'), own.id)).toBe(
		'/documents/shade/decisions/1'
	);
	later();
	await undoDecision(at.house, at.live, team, at.document.id, { decisionId: decision.id, reason });
	await at.tell();
	expect(await at.hears('ama', 'unread')).toContain(
		'Answers to 2 of your contributions were taken back'
	);
});

test('an accepted suggestion of a group: everybody who wrote on it', async () => {
	const jonas = await at.as('jonas');
	const branch = await beginBranch(at.house, at.live, await at.as('ama'), at.document.id);
	const invited = { email: 'jonas@meravia.example' };
	await inviteToBranch(at.house, await at.as('ama'), branch.id, invited);
	await at.tell();
	expect(await at.hears('jonas')).toEqual(['ama invites you to write a suggestion together']);
	await joinBranch(at.house, jonas, branch.id);
	later();
	await at.live.write(branch.id, at.ids.jonas, (body) => {
		body.insert(body.toString().indexOf('metres of a shaded'), 'or twenty ', {});
	});
	const row = await publishBranch(at.house, at.live, await at.as('ama'), branch.id, {
		...{ reason, key: at.key(), termsAccepted: true, capacity: '' }
	});
	later();
	await acceptTogether(at.house, at.live, await at.as('ines'), at.document.id, {
		contributionIds: [row.id],
		reason
	});
	await at.tell();
	for (const name of ['ama', 'jonas'] as const) {
		expect(await at.hears(name)).toContain('You have an answer: accepted');
	}
});

test('support on words that changed: asked once, when the text has rested', async () => {
	const given = { type: 'clause', id: 'c2', value: 2 } as const;
	await rate(at.house, at.live, await at.as('ama'), at.document.id, given);
	await at.rewrite('ten metres', 'twenty metres');
	expect(await askAboutChanges(at.house, at.live), 'still being written').toBe(0);
	at.house.time.advance(11 * 60_000);
	expect(await askAboutChanges(at.house, at.live)).toBe(1);
	expect(await askAboutChanges(at.house, at.live)).toBe(0);
	await at.tell();
	expect(await at.hears('ama')).toEqual([
		'A clause you rated reads differently now: do you still see it so?'
	]);
	const [row] = await at.news();
	expect(row!.detail).toMatchObject({ block: 'c2', clause: '2' });
	expect(await openNews(at.house, await at.as('ama'), row!.id)).toBe('/documents/shade/support');
});

test('who is brought in to write', async () => {
	await bringIn(at.house, await at.as('ines'), at.document.id, {
		email: 'ama@meravia.example',
		part: 'co_drafter'
	});
	await at.tell();
	expect(await at.hears('ama')).toEqual(['ines brought you in: you can now write in this text']);
});
