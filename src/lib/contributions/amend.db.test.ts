import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { editContribution, withdrawContribution } from './amend.server.ts';
import { reply } from './annotate.server.ts';
import { listAnnotations, readThread } from './list.server.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { reopenThread, resolveThread } from './resolve.server.ts';
import { contribution, contributionEdit, resolution, withdrawal } from './schema.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const ALL = { show: 'all', order: 'place', page: 1, block: undefined } as const;
const read = async (id: string, name?: 'ama' | 'jonas' | 'ines' | 'mod') =>
	(await readThread(at.house, at.live, name ? await at.as(name) : VISITOR, at.document.id, id))
		.thread;

describe('editing', () => {
	test('C3 the author edits; others see that, and moderators keep the old words', async () => {
		const row = await at.say('ama', 'two metres', 'Too litle.');
		at.house.time.advance(1_000);
		await editContribution(at.house, await at.as('ama'), { id: row.id, body: 'Too little.' });
		expect(await read(row.id)).toMatchObject({ body: 'Too little.', editedAt: at.house.clock() });
		const kept = await at.house.store.db.select().from(contributionEdit);
		expect(kept).toMatchObject([{ contributionId: row.id, body: 'Too litle.' }]);
	});

	test('C3 nobody else does, not even the policy team or a moderator', async () => {
		const row = await at.say('ama', 'two metres', 'Mine.');
		for (const name of ['jonas', 'ines', 'mod'] as const) {
			const theft = editContribution(at.house, await at.as(name), { id: row.id, body: 'Not.' });
			await expect(theft).rejects.toMatchObject({ kind: 'NotFound' });
		}
		const blank = editContribution(at.house, await at.as('ama'), { id: row.id, body: ' \n ' });
		await expect(blank).rejects.toMatchObject({ code: 'remark_empty' });
		expect((await read(row.id)).body).toBe('Mine.');
	});
});

describe('editing what a kind asks for besides words', () => {
	const edit = async (id: string, more: object, name: 'ama' | 'jonas' | 'mod' = 'ama') =>
		editContribution(at.house, await at.as(name), { id, body: 'Counted.', ...more });
	const evidence = () =>
		at.say('ama', 'two metres', 'Counted.', {
			...{ kind: 'evidence', source: 'Heat Lab', url: 'https://lab.example/a' }
		});
	const kept = () => at.house.store.db.select().from(contributionEdit);

	test('C3 it changes with the words or without; moderators keep what it was', async () => {
		const row = await evidence();
		at.house.time.advance(1_000);
		await edit(row.id, { source: 'Heat Lab, summer', url: 'https://lab.example/b' });
		expect(await read(row.id)).toMatchObject({
			body: 'Counted.',
			detail: { source: 'Heat Lab, summer', url: 'https://lab.example/b' },
			editedAt: at.house.clock()
		});
		expect(await kept()).toMatchObject([
			{ contributionId: row.id, body: 'Counted.', detail: row.detail }
		]);
		// A form without these fields, or with the same in them, leaves it as it is.
		await edit(row.id, {});
		await edit(row.id, { source: ' Heat Lab,  summer ', url: 'https://lab.example/b' });
		expect(await kept()).toHaveLength(1);
		await edit(row.id, { body: 'Counted twice.' });
		expect((await read(row.id)).detail).toMatchObject({ source: 'Heat Lab, summer' });
		await edit(row.id, { source: 'Heat Lab', url: '' });
		expect((await read(row.id)).detail).toMatchObject({ source: 'Heat Lab', url: null });
	});

	test('C3 C13 it is read as when it was posted, and nothing is written when refused', async () => {
		const row = await evidence();
		const source = 'Heat Lab';
		const refused = (id: string, fields: object) => expect(edit(id, fields)).rejects;
		await refused(row.id, { source: '', url: '' }).toThrow('detail_source_missing');
		await refused(row.id, { url: 'https://lab.example/b' }).toThrow('detail_source_missing');
		await refused(row.id, { source: 'x'.repeat(301) }).toThrow('detail_source_too_long');
		await refused(row.id, { source, url: 'javascript:alert(1)' }).toThrow('detail_url_wrong');
		await refused(row.id, { source, impact: '1' }).toThrow('detail_unexpected');

		const risk = { category: 'safety', likelihood: '2', impact: '3' };
		const feared = await at.say('ama', 'ten metres', 'Feared.', { kind: 'risk', ...risk });
		await refused(feared.id, { ...risk, impact: '' }).toThrow('detail_risk_incomplete');
		await refused(feared.id, { ...risk, source }).toThrow('detail_unexpected');
		const comment = await at.say('ama', 'the trees', 'Counted.');
		await refused(comment.id, { source }).toThrow('detail_unexpected');
		const answer = await reply(at.house, await at.as('ama'), {
			...{ id: row.id, body: 'Counted.', key: at.key() }
		});
		await refused(answer.id, { likelihood: '1' }).toThrow('detail_unexpected');
		expect(await kept()).toEqual([]);
		expect((await read(row.id)).detail).toMatchObject({ url: 'https://lab.example/a' });

		await edit(feared.id, { ...risk, category: 'cost', impact: '1' });
		expect((await read(feared.id)).detail).toEqual({
			...{ kind: 'risk', category: 'cost', likelihood: 2, impact: 1 }
		});
	});

	test('C3 nobody else does, and nobody once the text takes no remarks', async () => {
		const row = await evidence();
		for (const name of ['jonas', 'mod'] as const) {
			const theft = edit(row.id, { source: 'Mine now' }, name);
			await expect(theft).rejects.toMatchObject({ kind: 'NotFound' });
		}
		const move = { to: 'withdrawn', reason: 'Over.', closes: '' } as const;
		await moveStage(at.house, at.live, await at.as('ines'), at.document.id, move);
		await expect(edit(row.id, { source: 'Late' })).rejects.toMatchObject({ kind: 'Closed' });
		expect(await kept()).toEqual([]);
	});
});

describe('withdrawing', () => {
	test('C4 the words go, the thread stays, at any stage, and twice is no error', async () => {
		const row = await at.say('ama', 'two metres', 'I regret this.');
		await reply(at.house, await at.as('jonas'), { id: row.id, body: 'Why?', key: at.key() });
		const move = { to: 'withdrawn', reason: 'Over.', closes: '' } as const;
		await moveStage(at.house, at.live, await at.as('ines'), at.document.id, move);
		await withdrawContribution(at.house, await at.as('ama'), row.id);
		await withdrawContribution(at.house, await at.as('ama'), row.id);
		expect(await read(row.id)).toMatchObject({
			body: null,
			status: 'withdrawn',
			replies: [{ body: 'Why?' }]
		});
		expect((await read(row.id, 'mod')).body).toBe('I regret this.');
		expect(await at.house.store.db.select().from(withdrawal)).toHaveLength(1);
		expect(await at.house.store.db.select().from(contribution)).toHaveLength(2);
	});

	test('C4 one that nobody answered leaves the list; nobody withdraws another’s', async () => {
		const row = await at.say('ama', 'two metres');
		const theft = withdrawContribution(at.house, await at.as('jonas'), row.id);
		await expect(theft).rejects.toMatchObject({ kind: 'NotFound' });
		await withdrawContribution(at.house, await at.as('ama'), row.id);
		const list = await listAnnotations(at.house, at.live, VISITOR, at.document.id, ALL);
		expect(list.items).toEqual([]);
	});
});

describe('resolving', () => {
	test('C5 author and policy team resolve and reopen, twice is no error, others find nothing', async () => {
		const row = await at.say('ama', 'two metres');
		for (const name of ['jonas', 'mod'] as const) {
			await expect(resolveThread(at.house, await at.as(name), row.id)).rejects.toMatchObject({
				kind: 'NotFound'
			});
		}
		await resolveThread(at.house, await at.as('ines'), row.id);
		await resolveThread(at.house, await at.as('ama'), row.id);
		expect((await read(row.id)).resolved?.by).toBe('ines');
		await reopenThread(at.house, await at.as('ama'), row.id);
		await reopenThread(at.house, await at.as('ama'), row.id);
		expect((await read(row.id)).resolved).toBeNull();
		await resolveThread(at.house, await at.as('ama'), row.id);
		expect(await at.house.store.db.select().from(resolution)).toMatchObject([
			{ resolvedBy: at.ids.ines, reopenedBy: at.ids.ama },
			{ resolvedBy: at.ids.ama, reopenedBy: null }
		]);
	});

	test('C5 ten at once make one record', async () => {
		const row = await at.say('ama', 'two metres');
		const ama = await at.as('ama');
		await Promise.all(Array.from({ length: 10 }, () => resolveThread(at.house, ama, row.id)));
		expect(await at.house.store.db.select().from(resolution)).toHaveLength(1);
	});
});
