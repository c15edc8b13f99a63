import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contribution } from '#lib/contributions/schema.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { acceptPartly, acceptTogether } from './accept.server.ts';
import { deskFields, deskQuery, deskSearch } from './desk-inputs.ts';
import { readDesk } from './desk.server.ts';
import { meetingWithDesk, type DeskMeeting } from './desk.testing.ts';
import { myContributions } from './mine.server.ts';
import { answer } from './answer.server.ts';
import { listDecisions, readDecision } from './decisions.server.ts';

let at: DeskMeeting;
beforeEach(async () => {
	at = await meetingWithDesk();
});
afterEach(() => at.close());

const NOBODY = { for: 0, if: 0, against: 0 };
const desk = async (search = '', support: Record<string, typeof NOBODY> = {}) =>
	readDesk(
		at.house,
		at.live,
		await at.as('ines'),
		at.document.id,
		deskQuery(new URLSearchParams(search)),
		(id) => support[id] ?? NOBODY
	);
const idsOf = (lines: Array<{ id: string }>) => lines.map(({ id }) => id);

describe('the desk', () => {
	test('A1 is the policy team’s', async () => {
		const query = deskQuery(new URLSearchParams());
		for (const actor of [VISITOR, await at.as('ama'), await at.as('mod')]) {
			const seen = readDesk(at.house, at.live, actor, at.document.id, query, () => NOBODY);
			await expect(seen).rejects.toMatchObject({ code: 'not_policy_team' });
		}
	});

	test('lists what waits, by support, and filters by clause, overlap and kind', async () => {
		const ten = await at.suggest('ama', ['ten', 'twenty']);
		const sight = await at.suggest('jonas', ['ten metres', 'sight']);
		const spring = await at.suggest('jonas', ['every spring', 'twice a year']);
		const remark = await at.say('ama', 'two metres', 'Why two?');
		const support = {
			[ten.id]: { for: 3, if: 1, against: 0 },
			[sight.id]: { for: 0, if: 0, against: 2 }
		};
		const all = await desk('', support);
		expect(idsOf(all.lines)).toEqual([ten.id, spring.id, sight.id]);
		expect(all.tabs).toEqual({ suggestions: 3, remarks: 1 });
		expect(all.clauses.map(({ id }) => id)).toEqual(['c2', 'c4']);
		expect(idsOf((await desk('clause=c4')).lines)).toEqual([spring.id]);
		expect(idsOf((await desk('overlaps=1&sort=oldest')).lines)).toEqual([ten.id, sight.id]);
		expect(idsOf((await desk('tab=remarks')).lines)).toEqual([remark.id]);
		await answer(at.house, await at.as('ines'), at.document.id, {
			...{ contributionIds: [spring.id], outcome: 'declined', reason: 'Once is enough.' }
		});
		expect(idsOf((await desk()).lines)).toEqual([ten.id, sight.id]);
		expect((await desk(`pick=${spring.id}`)).picked).toEqual([]);
	});

	test('shows the result of what is picked, which is what accepting then gives', async () => {
		const ten = await at.suggest('ama', ['ten', 'twenty']);
		const any = await at.suggest('jonas', ['a shaded', 'any shaded']);
		const { preview, picked } = await desk(`pick=${ten.id}&pick=${any.id}&edit=1`);
		expect(picked).toEqual([ten.id, any.id]);
		expect(preview).toMatchObject({ suggestions: 2, conflicts: 0, stale: [], gone: [] });
		expect(preview.changes).toMatchObject([{ id: 'c2', number: '2' }]);
		expect(preview.changes[0]!.html).toContain('<del>ten</del><ins>twenty</ins>');
		const [block] = preview.edits;
		await acceptTogether(at.house, at.live, await at.as('ines'), at.document.id, {
			...{ contributionIds: picked, reason: 'Yes.' },
			edits: [{ block: block!.id, was: block!.words, words: block!.words }]
		});
		expect(await at.words('c2')).toBe(block!.words);
	});

	test('A6 shows overlaps three ways and says that accepting waits for a choice', async () => {
		const ten = await at.suggest('ama', ['ten', 'twenty']);
		const sight = await at.suggest('jonas', ['ten metres', 'sight']);
		const one = await desk(`pick=${ten.id}`);
		expect(one.lines.find(({ id }) => id === sight.id)?.overlap).toBe('picked');
		expect(one.preview).toMatchObject({ conflicts: 0, overlaps: [{ number: '2', blocks: false }] });
		const sides = one.preview.overlaps[0]!.sides;
		expect(sides.map(({ id, picked }) => [id, picked])).toEqual([
			[null, false],
			[ten.id, true],
			[sight.id, false]
		]);
		expect(sides[0]!.parts.map(({ text }) => text).join('')).toContain('ten metres');
		expect(sides[2]!.parts).toContainEqual({ kind: 'ins', text: 'sight' });
		const both = await desk(`pick=${ten.id}&pick=${sight.id}`);
		expect(both.preview).toMatchObject({ conflicts: 1, overlaps: [{ blocks: true }] });
	});

	test('A7 offers the changes of one suggestion one by one', async () => {
		const row = await at.suggest('ama', ['ten', 'twenty'], ['every spring', 'twice a year']);
		const { preview } = await desk(`pick=${row.id}`);
		expect(preview.hunks).toHaveLength(2);
		const first = preview.hunks[0]!;
		expect(first.parts).toContainEqual({ kind: 'ins', text: 'twenty' });
		await acceptPartly(at.house, at.live, await at.as('ines'), at.document.id, {
			...{ contributionId: row.id, hunkKeys: [first.key], reason: 'The first.' }
		});
		expect(await at.words('c2')).toContain('within twenty');
		expect(await at.words('c4')).toContain('every spring');
	});

	test('A6 says when the words a suggestion builds on are gone', async () => {
		const three = await at.suggest('ama', ['two metres', 'three metres']);
		await at.rewrite('two metres', 'four paces');
		const { preview, lines } = await desk(`pick=${three.id}`);
		expect(preview.stale).toEqual([{ id: three.id, author: 'ama' }]);
		expect(lines).toMatchObject([{ stale: true, gone: false }]);
	});
});

describe('the address of the desk', () => {
	test('holds what is picked, and comes back the same; what is odd falls back', () => {
		const query = deskQuery(
			new URLSearchParams('tab=remarks&sort=oldest&pick=b&pick=a&pick=b&page=2')
		);
		expect(query).toMatchObject({ tab: 'remarks', sort: 'oldest', pick: ['b', 'a'], page: 2 });
		expect(deskQuery(new URLSearchParams(deskSearch(query)))).toEqual(query);
		const odd = deskQuery(new URLSearchParams('tab=x&sort=y&page=-1&kind=&pick=!'));
		expect(odd).toMatchObject({ tab: 'suggestions', sort: 'support', page: 1, pick: [] });
		expect(deskSearch(odd)).toBe('');
	});

	test('a form sends lists where fields are repeated', () => {
		const form = new URLSearchParams('id=a&id=b&reason=x&reason=y&hunk=1.2');
		expect(deskFields(form)).toEqual({ id: ['a', 'b'], reason: 'y', hunk: ['1.2'] });
	});
});

describe('what people find afterwards', () => {
	test('A10 a decision shows exactly what it changed, for whom, and what took it back', async () => {
		const ten = await at.suggest('ama', ['ten', 'twenty']);
		const { house, live, document } = at;
		await acceptTogether(house, live, await at.as('ines'), document.id, {
			...{ contributionIds: [ten.id], reason: 'The trial showed it.' }
		});
		await at.rewrite('twenty', 'thirty');
		const seen = await readDecision(house, live, VISITOR, document.id, { number: 1 });
		expect(seen).toMatchObject({
			...{ kind: 'accept', by: 'ines', total: 1, undoneBy: [], may: { undo: false } },
			verdicts: [{ outcome: 'accepted', inForce: true, entry: { author: 'ama' } }],
			changes: [{ id: 'c2', number: '2' }]
		});
		expect(JSON.stringify(seen.changes)).toContain('<del>ten</del><ins>twenty</ins>');
		expect((await listDecisions(house, VISITOR, document.id, 1)).decisions).toMatchObject([
			{ number: 1, answers: 1, undone: false }
		]);
		const unknown = readDecision(house, live, VISITOR, document.id, { number: 9 });
		await expect(unknown).rejects.toMatchObject({ code: 'decision_not_found' });
	});

	test('A11 one’s own contributions come with their marks; nobody else’s do', async () => {
		const mine = await at.say('ama', 'two metres', 'Why two?');
		await at.say('jonas', 'trees');
		const show = async (what: 'all' | 'waiting' | 'answered') =>
			myContributions(at.house, await at.as('ama'), { show: what, page: 1 });
		expect(await show('waiting')).toMatchObject({
			counts: { all: 1, waiting: 1, answered: 0 },
			items: [{ id: mine.id, marks: { answered: null } }]
		});
		await answer(at.house, await at.as('ines'), at.document.id, {
			...{ contributionIds: [mine.id], outcome: 'noted', reason: 'One chair is one metre.' }
		});
		expect(await show('answered')).toMatchObject({
			items: [{ marks: { answered: { outcome: 'noted', number: 1 } } }]
		});
		const [row] = await at.house.store.db
			.select()
			.from(contribution)
			.where(eq(contribution.id, mine.id));
		expect(row!.outcome).toBe('noted');
		const nobody = myContributions(at.house, VISITOR, { show: 'all', page: 1 });
		await expect(nobody).rejects.toMatchObject({ code: 'sign_in_needed' });
	});
});
