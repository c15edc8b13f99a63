import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withdrawContribution } from '#lib/contributions/amend.server.ts';
import { reply } from '#lib/contributions/annotate.server.ts';
import { meeting, type Meeting } from '#lib/contributions/meeting.testing.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR, type Actor } from '#lib/people/actor.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { event } from '#lib/server/schema.server.ts';
import { hideContribution } from '#lib/moderation/decide.server.ts';
import { answer, type AnswerInput } from './answer.server.ts';
import { verifyDecisions } from './chain.server.ts';
import { decision, disposition } from './schema.server.ts';
import { keepTemplate, retireTemplate, templatesOf } from './templates.server.ts';
import { undoDecision } from './undo.server.ts';
import { unanswered, waiting } from './waiting.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const give = async (ids: string[], more: Partial<AnswerInput> = {}, by?: Actor) =>
	answer(at.house, by ?? (await at.as('ines')), at.document.id, {
		contributionIds: ids,
		outcome: 'noted',
		reason: 'We read it and keep it in mind.',
		...more
	});
const rowOf = async (id: string) => {
	const { db } = at.house.store;
	return (await db.select().from(contribution).where(eq(contribution.id, id)))[0]!;
};
const takeBack = async (decisionId: string, only?: string[]) =>
	undoDecision(at.house, at.live, await at.as('ines'), at.document.id, {
		decisionId,
		reason: 'We had not read all of it.',
		only
	});
const teamMate = async (name: string) => {
	const scope = { scopeType: 'document', scopeId: at.document.id } as const;
	const { id } = await at.make(name, [{ kind: 'policy_team', ...scope }]);
	return actorOf(at.house, id);
};

describe('who is answered, by whom', () => {
	test('A1 the policy team answers published heads of threads, nobody else and nothing else', async () => {
		const row = await at.say('ama', 'two metres');
		for (const actor of [VISITOR, await at.as('ama'), await at.as('mod')]) {
			await expect(give([row.id], {}, actor)).rejects.toMatchObject({
				kind: 'Forbidden',
				code: 'not_policy_team'
			});
		}
		const hidden = await at.say('jonas', 'trees');
		await hideContribution(at.house, await at.as('mod'), { id: hidden.id, reason: 'Rude.' });
		const gone = await at.say('jonas', 'public');
		await withdrawContribution(at.house, await at.as('jonas'), gone.id);
		const second = await reply(at.house, await at.as('jonas'), {
			...{ id: row.id, body: 'So do I.', key: at.key() }
		});
		for (const id of [hidden.id, gone.id, second.id, 'nothing']) {
			await expect(give([row.id, id])).rejects.toMatchObject({ code: 'contribution_not_found' });
		}
		expect(await at.house.store.db.select().from(decision)).toEqual([]);
		await give([row.id]);
		expect(await rowOf(row.id)).toMatchObject({ outcome: 'noted', answeredAt: at.house.clock() });
	});

	test('A3 A5 one transaction writes the decision, what it says and the event', async () => {
		const [one, two] = [await at.say('ama', 'two metres'), await at.say('jonas', 'trees')];
		const made = await give([one.id, two.id, one.id], { outcome: 'declined' });
		const { db } = at.house.store;
		expect(await db.select().from(disposition)).toHaveLength(2);
		expect(await db.select().from(event).where(eq(event.verb, 'decision.made'))).toMatchObject([
			{
				targetType: 'decision',
				targetId: made.id,
				documentId: at.document.id,
				detail: { number: 1, outcome: 'declined', contributionIds: [one.id, two.id] }
			}
		]);
		const third = await at.say('ama', 'public');
		await db.update(contribution).set({ kind: 'suggestion' }).where(eq(contribution.id, third.id));
		await expect(give([third.id], { outcome: 'accepted' })).rejects.toMatchObject({
			code: 'accept_changes_text'
		});
		await give([third.id], { outcome: 'declined' });
	});

	test('needs a reason and something to answer', async () => {
		const row = await at.say('ama', 'two metres');
		const refusals = [
			[{ reason: ' \n ' }, 'reason_missing'],
			[{ reason: 'x'.repeat(4_001) }, 'reason_too_long'],
			[{ contributionIds: [] }, 'nothing_chosen'],
			[{ cites: [{ type: 'version', id: 'elsewhere' }] }, 'cite_not_found']
		] as const;
		for (const [more, code] of refusals) {
			await expect(give([row.id], more as never)).rejects.toMatchObject({ code });
		}
		expect((await rowOf(row.id)).outcome).toBeNull();
	});
});

describe('the chain', () => {
	test('A2 is numbered without gaps and notices any change', async () => {
		for (const words of ['two metres', 'trees', 'public']) {
			at.house.time.advance(1_000);
			await give([(await at.say('ama', words)).id], { reason: `About ${words}.` });
		}
		const { db } = at.house.store;
		const whole = await verifyDecisions(at.house, at.document.id);
		expect(whole).toMatchObject({ count: 3, brokenAt: null });
		const [second] = await db.select().from(decision).where(eq(decision.number, 2));
		await db.update(decision).set({ reason: 'Another one.' }).where(eq(decision.id, second!.id));
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({ brokenAt: 2 });
		await db.update(decision).set({ reason: second!.reason }).where(eq(decision.id, second!.id));
		await db
			.update(disposition)
			.set({ outcome: 'accepted' })
			.where(eq(disposition.decisionId, second!.id));
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({ brokenAt: 2 });
		await db.delete(disposition).where(eq(disposition.decisionId, second!.id));
		await db.delete(decision).where(eq(decision.id, second!.id));
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({ brokenAt: 3 });
	});

	test('A4 of two at once one answers, and the other hears which were taken', async () => {
		const [one, two] = [await at.say('ama', 'two metres'), await at.say('jonas', 'trees')];
		const mate = await teamMate('lena');
		const tries = await Promise.allSettled([
			give([one.id, two.id], { outcome: 'declined' }),
			give([two.id], { outcome: 'noted' }, mate)
		]);
		expect(tries.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const refused = tries.find((one) => one.status === 'rejected')!;
		expect(refused.reason).toMatchObject({
			kind: 'Conflict',
			code: 'already_answered',
			params: { count: 1, ids: two.id }
		});
		const { db } = at.house.store;
		expect(await db.select().from(decision)).toHaveLength(1);
		const outcomes = [(await rowOf(one.id)).outcome, (await rowOf(two.id)).outcome];
		expect([
			['declined', 'declined'],
			[null, 'noted']
		]).toContainEqual(outcomes);
	});

	test('A2 A4 fifty at once are fifty decisions in one chain, or one', async () => {
		const same = await at.say('ama', 'two metres');
		const rows = [];
		for (let each = 0; each < 50; each += 1) {
			at.house.time.advance(10_000);
			rows.push(await at.say(each % 2 ? 'ama' : 'jonas', 'trees', `No. ${each}`));
		}
		await Promise.all(rows.map(({ id }) => give([id])));
		const rivals = await Promise.allSettled(rows.map(() => give([same.id])));
		expect(rivals.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({
			count: 51,
			brokenAt: null
		});
		expect(await waiting(at.house, at.document.id)).toMatchObject({ count: 0, total: 51 });
	});
});

describe('taking an answer back', () => {
	test('A8 is a new decision, after which its contributions wait again', async () => {
		const [one, two] = [await at.say('ama', 'two metres'), await at.say('jonas', 'trees')];
		const made = await give([one.id, two.id], { outcome: 'declined' });
		const part = await takeBack(made.id, [two.id]);
		expect(part).toMatchObject({ number: 2, kind: 'undo', undoes: null });
		expect((await rowOf(one.id)).outcome).toBe('declined');
		expect(await rowOf(two.id)).toMatchObject({ outcome: null, answeredAt: null });
		const rest = await takeBack(made.id);
		expect(rest).toMatchObject({ number: 3, undoes: made.id });
		await expect(takeBack(made.id)).rejects.toMatchObject({ code: 'already_undone' });
		await expect(takeBack(rest.id)).rejects.toMatchObject({ code: 'cannot_undo' });
		await expect(takeBack('nothing')).rejects.toMatchObject({ code: 'decision_not_found' });
		await give([one.id, two.id]);
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({
			count: 4,
			brokenAt: null
		});
		const verbs = await at.house.store.db.select({ verb: event.verb }).from(event);
		expect(verbs.filter(({ verb }) => verb === 'decision.undone')).toHaveLength(2);
	});
});

describe('closing', () => {
	const move = async (to: 'consultation' | 'revising' | 'final') =>
		moveStage(
			at.house,
			at.live,
			await at.as('ines'),
			at.document.id,
			{ to, reason: 'It is time.', closes: to === 'consultation' ? '2026-12-31' : '' },
			unanswered
		);

	test('A9 waits for every published contribution, and for the moderator', async () => {
		const held = await meeting({ holdFirstPosts: true });
		await at.close();
		at = held;
		const first = await at.say('jonas', 'trees');
		expect(first.status).toBe('held');
		const mate = await teamMate('lena');
		const seen = await at.say('ines', 'two metres', 'By the team itself.');
		await move('consultation');
		await move('revising');
		await expect(move('final')).rejects.toMatchObject({
			code: 'contributions_waiting',
			params: { count: 1, held: 1 }
		});
		expect(await waiting(at.house, at.document.id)).toMatchObject({
			...{ count: 1, held: 1, total: 1 },
			firstIds: [seen.id]
		});
		await hideContribution(at.house, await at.as('mod'), { id: first.id, reason: 'Spam.' });
		await expect(move('final')).rejects.toMatchObject({ params: { count: 1, held: 0 } });
		const made = await give([seen.id], {}, mate);
		await move('final');
		await expect(takeBack(made.id)).rejects.toMatchObject({
			kind: 'Closed',
			code: 'answers_closed'
		});
	});

	test('A9 C1 what is said in the moment it closes is answered first, or not said', async () => {
		await move('consultation');
		await move('revising');
		for (const { order, first } of [
			{ order: 'the move first', first: 'move' },
			{ order: 'the words first', first: 'words' }
		]) {
			const { transact } = at.house.store;
			let reached = () => {};
			const waits = new Promise<void>((go) => (reached = go));
			// Whoever is second has looked at the stage already, and comes to write when the other is done.
			let go = () => {};
			const hold = new Promise<void>((done) => (go = done));
			let late = true;
			at.house.store.transact = async (work) => {
				if (late) {
					late = false;
					reached();
					await hold;
				}
				return transact(work);
			};
			const second = first === 'move' ? at.say('jonas', 'trees') : move('final');
			second.catch(() => undefined);
			await waits;
			if (first === 'move') {
				await move('final');
				go();
				await expect(second, order).rejects.toMatchObject({ code: 'document_closed' });
				expect(await waiting(at.house, at.document.id)).toMatchObject({ total: 0 });
				await move('revising');
			} else {
				await at.say('jonas', 'trees');
				go();
				await expect(second, order).rejects.toMatchObject({ code: 'contributions_waiting' });
			}
			at.house.store.transact = transact;
		}
	});

	test('A9 C1 however often both are tried at once', async () => {
		await move('consultation');
		await move('revising');
		for (let turn = 0; turn < 12; turn += 1) {
			const said = at.say('jonas', 'trees');
			const moved = move('final');
			const both = await Promise.allSettled(turn % 2 === 0 ? [said, moved] : [moved, said]);
			expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
			const remark = await said.catch(() => null);
			if (remark) await give([remark.id]);
			else await move('revising');
		}
	});
});

describe('reasons at hand', () => {
	test('are kept, offered by title, and put away by the team alone', async () => {
		const ines = await at.as('ines');
		const { id } = at.document;
		const kept = await keepTemplate(at.house, ines, id, { title: ' In  force ', body: 'By law.' });
		await keepTemplate(at.house, ines, id, { title: 'Cost', body: 'It costs too much.' });
		expect((await templatesOf(at.house, id)).map(({ title }) => title)).toEqual([
			'Cost',
			'In force'
		]);
		const jonas = await at.as('jonas');
		await expect(retireTemplate(at.house, jonas, id, kept.id)).rejects.toMatchObject({
			code: 'not_policy_team'
		});
		await retireTemplate(at.house, ines, id, kept.id);
		await expect(retireTemplate(at.house, ines, id, kept.id)).rejects.toMatchObject({
			code: 'template_not_found'
		});
		const empty = keepTemplate(at.house, ines, id, { title: 'x', body: ' ' });
		await expect(empty).rejects.toMatchObject({ code: 'reason_missing' });
	});
});
