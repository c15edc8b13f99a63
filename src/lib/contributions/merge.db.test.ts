import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { event } from '#lib/server/schema.server.ts';
import { withdrawContribution } from './amend.server.ts';
import { listAnnotations, readThread } from './list.server.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { mergeContributions, unmergeContribution } from './merge.server.ts';
import { contribution, merger } from './schema.server.ts';
import { changeStanding } from './standing.server.ts';

let at: Meeting;
let ids: { one: string; two: string; three: string };
beforeEach(async () => {
	at = await meeting();
	ids = {
		one: (await at.say('ama', 'ten metres', 'Twenty, please.')).id,
		two: (await at.say('jonas', 'shaded stop', 'Make it twenty.')).id,
		three: (await at.say('ama', 'vendors', 'I say it again: twenty.')).id
	};
});
afterEach(() => at.close());

const merge = async (id: string, into: string, name: 'ines' | 'mod' | 'ama' = 'ines') =>
	mergeContributions(at.house, await at.as(name), at.document.id, { id, into });
const undo = async (id: string, name: 'ines' | 'mod' = 'mod') =>
	unmergeContribution(at.house, await at.as(name), at.document.id, id);
const view = async (id: string) =>
	(await readThread(at.house, at.live, VISITOR, at.document.id, id)).thread;
const rowOf = async (id: string) =>
	(await at.house.store.db.select().from(contribution).where(eq(contribution.id, id)))[0]!;
const open = async () =>
	(
		await listAnnotations(at.house, at.live, VISITOR, at.document.id, {
			...{ show: 'open', order: 'newest', page: 1 }
		})
	).items.map((one) => one.id);

describe('saying the same', () => {
	test('C15 one speaks for both, both keep the credit, each person counts once', async () => {
		await merge(ids.two, ids.one);
		await merge(ids.three, ids.one, 'mod');
		expect(await rowOf(ids.two)).toMatchObject({ mergedInto: ids.one, outcome: 'merged' });
		expect((await view(ids.one)).same).toEqual({
			into: null,
			people: 2,
			others: [
				{ id: ids.two, name: 'jonas' },
				{ id: ids.three, name: 'ama' }
			]
		});
		expect((await view(ids.two)).same).toEqual({ into: ids.one, people: 2, others: [] });
		expect((await view(ids.two)).body).toBe('Make it twenty.');
		expect(await open()).toEqual([ids.one]);
		await merge(ids.two, ids.one);
		expect(await at.house.store.db.select().from(merger)).toHaveLength(2);
	});

	test('C15 undone, it speaks for itself and waits again; the record keeps both', async () => {
		await merge(ids.two, ids.one);
		await undo(ids.two);
		await undo(ids.two);
		expect(await rowOf(ids.two)).toMatchObject({
			...{ mergedInto: null, outcome: null, answeredAt: null }
		});
		expect((await view(ids.one)).same).toBeNull();
		const told = await at.house.store.db.select().from(event).where(eq(event.targetId, ids.two));
		expect(told.slice(-2).map((row) => [row.verb, row.detail?.intoId])).toEqual([
			['contribution.merged', ids.one],
			['contribution.unmerged', ids.one]
		]);
		const [record] = await at.house.store.db.select().from(merger);
		expect(record).toMatchObject({ mergedBy: at.ids.ines, endedBy: at.ids.mod });
	});

	test('C15 what was merged before goes along; chains do not come about', async () => {
		await merge(ids.two, ids.one);
		await merge(ids.one, ids.three);
		expect([(await rowOf(ids.two)).mergedInto, (await rowOf(ids.one)).mergedInto]).toEqual([
			ids.three,
			ids.three
		]);
		await expect(merge(ids.three, ids.one)).rejects.toThrow('merge_into_merged');
		expect((await view(ids.three)).same?.people).toBe(2);
	});

	test('C15 by the team and moderators, while the text is written on, and only what goes together', async () => {
		await expect(merge(ids.two, ids.one, 'ama')).rejects.toThrow('merge_not_yours');
		await expect(merge(ids.two, ids.two)).rejects.toThrow('merge_itself');
		await expect(merge(ids.two, 'nothing')).rejects.toThrow('contribution_not_found');
		await at.house.store.transact((tx) =>
			tx.update(contribution).set({ outcome: 'noted' }).where(eq(contribution.id, ids.two))
		);
		await expect(merge(ids.two, ids.one)).rejects.toThrow('already_answered');
		await merge(ids.one, ids.two);
		await moveStage(at.house, at.live, await at.as('ines'), at.document.id, {
			...{ to: 'withdrawn', reason: 'Over.', closes: '' }
		});
		await expect(undo(ids.one)).rejects.toThrow('document_closed');
	});

	test('C15 nobody’s words go with somebody else’s', async () => {
		await merge(ids.two, ids.one);
		await withdrawContribution(at.house, await at.as('ama'), ids.one);
		expect(await rowOf(ids.two)).toMatchObject({ mergedInto: null, outcome: null });
		await merge(ids.two, ids.three);
		const three = await rowOf(ids.three);
		await at.house.store.transact((tx) =>
			changeStanding(tx, three, 'hidden', { by: at.ids.mod, at: at.house.clock(), reason: 'Rude.' })
		);
		expect(await open()).toEqual([ids.two]);
	});
});
