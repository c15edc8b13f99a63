import { and, eq, isNotNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { suggestionsOn } from '#lib/contributions/suggestions.server.ts';
import { contribution } from '#lib/contributions/schema.server.ts';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { visibleHunks } from '#lib/documents/branches/marks.ts';
import { weave } from '#lib/documents/branches/weave.ts';
import { brokenAt } from '#lib/documents/live/chain.server.ts';
import { readRows } from '#lib/documents/live/log.server.ts';
import { documentUpdate } from '#lib/documents/live/schema.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { acceptPartly, acceptTogether, type TogetherInput } from './accept.server.ts';
import { answer } from './answer.server.ts';
import { verifyDecisions } from './chain.server.ts';
import { meetingWithDesk, type DeskMeeting } from './desk.testing.ts';
import { marksOf } from './marks.server.ts';
import { decision, disposition } from './schema.server.ts';
import { undoDecision } from './undo.server.ts';
import { unanswered } from './waiting.server.ts';

let at: DeskMeeting;
beforeEach(async () => {
	at = await meetingWithDesk();
});
afterEach(() => at.close());

const REASON = 'The trial showed it.';
const take = async (ids: string[], more: Partial<TogetherInput> = {}) =>
	acceptTogether(at.house, at.live, await at.as('ines'), at.document.id, {
		...{ contributionIds: ids, reason: REASON },
		...more
	});
const outcomes = async () =>
	Object.fromEntries(
		(await at.house.store.db.select().from(contribution)).map((row) => [row.id, row.outcome])
	);
const log = () => readRows(at.house.store.db, at.document.id, 1, 0);
const hunksOf = async (branchId: string) => {
	const { bytes } = await at.live.stateOf(at.document.id);
	const [row] = await at.house.store.db.select().from(branch).where(eq(branch.id, branchId));
	const woven = weave(bytes, [{ id: branchId, update: row!.update! }]);
	return visibleHunks(woven, branchId);
};

describe('accepting together', () => {
	test('A3 A7 takes all words in at once, each under who suggested it', async () => {
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		const stick = await at.suggest('jonas', [
			'for people walking',
			'for people walking or rolling'
		]);
		const before = (await log()).length;
		const made = await take([wide.id, stick.id]);
		expect(await at.words('c2')).toContain('twenty metres of a shaded stop');
		expect(await at.words('c3')).toContain('walking or rolling');
		const rows = await log();
		expect(brokenAt(rows)).toBeNull();
		const accepted = rows.slice(before);
		expect(accepted.map((row) => [row.personId, row.branchId])).toEqual([
			[at.ids.ama, wide.branchId],
			[at.ids.jonas, stick.branchId]
		]);
		for (const row of accepted) {
			expect(row).toMatchObject({ acceptedBy: at.ids.ines, decisionId: made.id });
		}
		const cites = [{ type: 'rows', from: before + 1, to: before + 2 }];
		expect(made).toMatchObject({ kind: 'accept', number: 1, cites });
		expect(await outcomes()).toMatchObject({ [wide.id]: 'accepted', [stick.id]: 'accepted' });
		expect((await marksOf(at.house, [wide.id])).get(wide.id)).toMatchObject({
			used: { href: `/documents/${at.document.slug}/decisions/1#changes` }
		});
		const { open } = await suggestionsOn(at.house, at.live, at.document.id);
		expect(open.size).toBe(0);
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({ brokenAt: null });
	});

	test('A6 refuses what overlaps, naming both, and changes nothing', async () => {
		const twenty = await at.suggest('ama', ['ten', 'twenty']);
		const sight = await at.suggest('jonas', ['ten metres', 'sight']);
		const other = await at.suggest('jonas', ['every spring', 'twice a year']);
		const refused = take([twenty.id, sight.id, other.id]);
		await expect(refused).rejects.toMatchObject({
			kind: 'Conflict',
			code: 'branches_overlap',
			params: { count: 1, ids: expect.stringContaining(twenty.id) }
		});
		await expect(refused).rejects.toMatchObject({
			params: { ids: expect.not.stringContaining(other.id) }
		});
		expect(await at.words('c4')).toContain('every spring');
		expect(await at.house.store.db.select().from(decision)).toEqual([]);
	});

	test('A6 asks again when the words a suggestion builds on are gone', async () => {
		const three = await at.suggest('ama', ['two metres', 'three metres']);
		await at.rewrite('two metres', 'four paces');
		const unseen = take([three.id]);
		await expect(unseen).rejects.toMatchObject({
			code: 'suggestion_stale',
			params: { count: 1, ids: three.id }
		});
		await take([three.id], { staleSeen: [three.id] });
		expect(await at.words('c3')).toContain('three metres');
	});

	test('A4 of two at once one is carried out, in the text as in the ledger', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty']);
		const tries = await Promise.allSettled([take([row.id]), take([row.id]), take([row.id])]);
		expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		for (const one of tries) {
			if (one.status === 'rejected') {
				expect(one.reason).toMatchObject({ code: 'already_answered', params: { ids: row.id } });
			}
		}
		expect(await at.words('c2')).toContain('within twenty metres');
		const accepted = await at.house.store.db
			.select()
			.from(documentUpdate)
			.where(
				and(eq(documentUpdate.documentId, at.document.id), isNotNull(documentUpdate.decisionId))
			);
		expect(accepted).toHaveLength(1);
	});

	test('A4 accepting and declining at once is one of the two', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty']);
		const decline = answer(at.house, await at.as('ines'), at.document.id, {
			...{ contributionIds: [row.id], outcome: 'declined', reason: REASON }
		});
		const tries = await Promise.allSettled([take([row.id]), decline]);
		expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		const declined = (await outcomes())[row.id] === 'declined';
		expect(await at.words('c2')).toContain(declined ? 'within ten' : 'within twenty');
	});

	test('A7 the team may change words on top, as its own, and keeps both authors', async () => {
		const wide = await at.suggest('ama', ['ten metres', 'twenty metres']);
		const other = await at.suggest('jonas', ['every spring', 'twice a year']);
		const was = (await at.words('c2')).replace('ten metres', 'twenty metres');
		const edits = [
			{ block: 'c2', was, words: was.replace('a shaded stop', 'any shaded stop') },
			{ block: 'c4', was: 'untouched', words: 'untouched' }
		];
		const stale = [{ ...edits[0]!, was: 'Something else stood here.' }];
		await expect(take([wide.id], { edits: stale })).rejects.toMatchObject({ code: 'words_gone' });
		await take([wide.id, other.id], { edits });
		expect(await at.words('c2')).toBe(edits[0]!.words);
		const own = (await log()).at(-1)!;
		expect(own).toMatchObject({ personId: at.ids.ines, branchId: null, acceptedBy: at.ids.ines });
		expect(await outcomes()).toMatchObject({ [wide.id]: 'partly', [other.id]: 'accepted' });
		const text = (await at.live.read(at.document.id)).body.toString();
		const who = await at.live.authorsOf(at.document.id, 0, text.length);
		const of = (words: string) => {
			const from = text.indexOf(words);
			return who.find((one) => one.from <= from && from < one.to)?.personId;
		};
		expect([of('twenty'), of('any'), of('twice')]).toEqual([at.ids.ama, at.ids.ines, at.ids.jonas]);
	});

	test('A5 is for suggestions, by the team, while the text may change', async () => {
		const remark = await at.say('ama', 'two metres');
		await expect(take([remark.id])).rejects.toMatchObject({ code: 'not_a_suggestion' });
		const row = await at.suggest('ama', ['ten', 'twenty']);
		const { house, live, document } = at;
		const input = { contributionIds: [row.id], reason: REASON };
		const byAma = acceptTogether(house, live, await at.as('ama'), document.id, input);
		await expect(byAma).rejects.toMatchObject({ code: 'not_policy_team' });
		await expect(take([row.id], { reason: '' })).rejects.toMatchObject({ code: 'reason_missing' });
		const ines = await at.as('ines');
		const left = { to: 'withdrawn' as const, reason: 'Given up.', closes: '' };
		await moveStage(house, live, ines, document.id, left, unanswered);
		await expect(take([row.id])).rejects.toMatchObject({ kind: 'Closed', code: 'document_closed' });
		expect(await at.words('c2')).toContain('within ten');
	});
});

describe('accepting a part', () => {
	test('A7 takes the chosen changes; the rest is a private branch of its author', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty'], ['every spring', 'twice a year']);
		const [first] = await hunksOf(row.branchId);
		const partly = async (hunkKeys: string[]) =>
			acceptPartly(at.house, at.live, await at.as('ines'), at.document.id, {
				...{ contributionId: row.id, hunkKeys, reason: REASON }
			});
		await expect(partly(['1.1'])).rejects.toMatchObject({ code: 'change_not_found' });
		await expect(partly([])).rejects.toMatchObject({ code: 'nothing_chosen' });
		await partly([first!.key]);
		expect(await at.words('c2')).toContain('within twenty');
		expect(await at.words('c4')).toContain('every spring');
		expect((await outcomes())[row.id]).toBe('partly');
		const { db } = at.house.store;
		const [rest] = await db.select().from(branch).where(eq(branch.restOf, row.branchId));
		expect(rest).toMatchObject({ createdBy: at.ids.ama, publishedAt: null });
		const state = await at.live.read(rest!.id);
		expect(state.body.toString()).toContain('twice a year');
		expect(state.body.toString()).toContain('within twenty');
		expect(brokenAt(await readRows(db, rest!.id, 1, 0))).toBeNull();
	});

	test('with all of them picked it is accepted whole', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty'], ['every spring', 'twice a year']);
		const hunkKeys = (await hunksOf(row.branchId)).map(({ key }) => key);
		await acceptPartly(at.house, at.live, await at.as('ines'), at.document.id, {
			...{ contributionId: row.id, hunkKeys, reason: REASON }
		});
		expect((await outcomes())[row.id]).toBe('accepted');
		expect(await at.house.store.db.select().from(branch)).toHaveLength(1);
	});
});

describe('taking an acceptance back', () => {
	test('A8 puts the text back, keeps what others wrote, and declines what was accepted', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty']);
		const made = await take([row.id]);
		await at.rewrite('of a shaded stop', 'of any shaded stop');
		const undo = async () =>
			undoDecision(at.house, at.live, await at.as('ines'), at.document.id, {
				decisionId: made.id,
				reason: 'Too wide after all.'
			});
		const tries = await Promise.allSettled([undo(), undo()]);
		expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		expect(tries.find((one) => one.status === 'rejected')).toMatchObject({
			reason: { code: 'already_undone' }
		});
		expect(await at.words('c2')).toContain('within ten metres of any shaded stop');
		expect((await outcomes())[row.id]).toBe('declined');
		const inForce = (await at.house.store.db.select().from(disposition)).filter(
			({ endedAt }) => endedAt === null
		);
		expect(inForce).toMatchObject([{ contributionId: row.id, outcome: 'declined' }]);
		expect(await marksOf(at.house, [row.id]).then((all) => all.get(row.id))).toMatchObject({
			answered: { outcome: 'declined', number: 2, reason: 'Too wide after all.' },
			used: null
		});
		expect(brokenAt(await log())).toBeNull();
		expect(await verifyDecisions(at.house, at.document.id)).toMatchObject({
			...{ count: 2, brokenAt: null }
		});
	});
});
