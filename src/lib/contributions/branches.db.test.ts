import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { branch } from '#lib/documents/branches/schema.server.ts';
import { moveStage } from '#lib/documents/moves.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { event } from '#lib/server/schema.server.ts';
import {
	inviteToBranch,
	joinBranch,
	leaveBranch,
	removeFromBranch
} from './branch-group.server.ts';
import { beginBranch, branchOf, discardBranch, MOST_BRANCHES } from './branches.server.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { myBranches, myWordsOn, unpublishedOn } from './my-branches.server.ts';
import { contribution } from './schema.server.ts';
import { suggestInWords } from './suggest-words.server.ts';
import { LARGEST } from './branch-check.server.ts';
import { previewBranch, publishBranch } from './suggest.server.ts';
import { suggestionsOn } from './suggestions.server.ts';
import { withdrawContribution } from './amend.server.ts';
import { sayRefusal } from './refusals.ts';

let here: Meeting;
beforeEach(async () => void (here = await meeting()));
afterEach(() => here.close());

type Who = keyof Meeting['ids'];

const begin = async (who: Who, at = {}) =>
	beginBranch(here.house, here.live, await here.as(who), here.document.id, at);

/** Replaces words on a branch, as the editor of whoever is on it would. */
const type = (who: Who, branchId: string, words: string, by: string) =>
	here.live.write(branchId, here.ids[who], (body) => {
		const at = body.toString().indexOf(words);
		if (at < 0) throw new Error(`"${words}" is not there`);
		body.delete(at, words.length);
		body.insert(at, by);
	});

const publishing = (more = {}) => ({
	reason: 'Because.',
	key: here.key(),
	termsAccepted: true,
	...more
});
const publish = async (who: Who, branchId: string, more = {}) => {
	here.house.time.advance(20_000);
	return publishBranch(here.house, here.live, await here.as(who), branchId, publishing(more));
};
const inWords = async (who: Who, block: string, words: string, more = {}) => {
	here.house.time.advance(20_000);
	const { seq } = await here.live.read(here.document.id);
	const input = { block, words, seq, ...publishing(), ...more };
	return suggestInWords(here.house, here.live, await here.as(who), here.document.id, input);
};
const main = async () => (await here.live.read(here.document.id)).body.toString();
const rowOf = async (id: string) =>
	(await here.house.store.db.select().from(branch).where(eq(branch.id, id)))[0]!;
const verbsOf = async (targetId: string) =>
	(await here.house.store.db.select().from(event).where(eq(event.targetId, targetId))).map(
		({ verb }) => verb
	);
/** A refusal says something of its own, in words. */
async function refused(promise: Promise<unknown>, code: string, params = {}) {
	const error = await promise.then(
		() => undefined,
		(thrown: { code: string; params: Record<string, string> }) => thrown
	);
	expect(error).toMatchObject({ code, params });
	expect(sayRefusal(error!)).not.toBe(sayRefusal({ code: 'nothing known' }));
	return error!;
}

it('L1: a branch begins on the living text, and nobody else learns of it', async () => {
	const view = await begin('ama', { blockId: 'c2' });
	expect(view).toMatchObject({
		documentId: here.document.id,
		state: 'private',
		blockId: 'c2',
		author: { id: here.ids.ama, name: 'ama' },
		problem: null,
		may: { write: true, invite: true, publish: true, discard: true, join: false, leave: false }
	});
	expect((await here.live.read(view.id)).body.toString()).toBe(await main());
	for (const who of ['jonas', 'ines', 'mod'] as const) {
		await refused(branchOf(here.house, await here.as(who), view.id), 'branch_not_found');
	}
	await refused(branchOf(here.house, VISITOR, view.id), 'branch_not_found');
	const events = await here.house.store.db
		.select()
		.from(event)
		.where(eq(event.documentId, here.document.id));
	expect(events.filter(({ verb }) => verb.startsWith('branch'))).toEqual([]);
	expect(await verbsOf(view.id)).toEqual(['branch.begun']);
	await refused(begin('ama', { blockId: 'c99' }), 'clause_gone');
	expect(await begin('ama', { from: 0, to: 5 })).toMatchObject({ blockId: 'c1' });
});

it('L2: a branch changes itself alone; its main text comes under it when asked', async () => {
	const { id } = await begin('ama', { blockId: 'c2' });
	await type('ama', id, 'ten', 'twenty');
	expect(await main()).toContain('within ten metres');
	await here.rewrite('every spring', 'every year');
	expect((await here.live.read(id)).body.toString()).toContain('every spring');
	await here.live.catchUp(id);
	const text = (await here.live.read(id)).body.toString();
	expect(text).toContain('within twenty metres');
	expect(text).toContain('every year');
});

it('L3: only who began it asks others; they join, leave, and are shown out', async () => {
	const { id } = await begin('ama', { blockId: 'c2' });
	const ama = await here.as('ama');
	const jonas = await here.as('jonas');
	const ask = (email: string) => inviteToBranch(here.house, ama, id, { email });
	await refused(ask('nobody@meravia.example'), 'person_unknown');
	await refused(ask('ama@meravia.example'), 'invited_self');
	await ask('jonas@meravia.example');
	await ask('jonas@meravia.example');
	expect(await branchOf(here.house, jonas, id)).toMatchObject({
		members: [{ id: here.ids.jonas, joined: false }],
		may: { write: false, join: true, leave: true, invite: false, publish: false }
	});
	expect(await myBranches(here.house, jonas)).toMatchObject([{ id, asked: true, text: null }]);
	expect((await joinBranch(here.house, jonas, id)).may).toMatchObject({ write: true, join: false });
	await refused(publish('jonas', id), 'not_your_branch');
	await refused(discardBranch(here.house, jonas, id), 'not_your_branch');
	await refused(removeFromBranch(here.house, jonas, id, here.ids.ama), 'not_your_branch');
	await type('jonas', id, 'trade', 'sell');
	await removeFromBranch(here.house, ama, id, here.ids.jonas);
	await refused(branchOf(here.house, jonas, id), 'branch_not_found');
	expect(await myWordsOn(here.house, jonas, id)).toBe('sell');
	await ask('jonas@meravia.example');
	await leaveBranch(here.house, jonas, id);
	await refused(branchOf(here.house, jonas, id), 'branch_not_found');
	await refused(leaveBranch(here.house, ama, id), 'own_branch');
	expect(await verbsOf(id)).toEqual([
		'branch.begun',
		'branch.invited',
		'branch.joined',
		'branch.removed',
		'branch.invited',
		'branch.left'
	]);
});

it('L4: what is published is what the branch says on the living text, with its reason, stamp and terms', async () => {
	const { id } = await begin('ama', { blockId: 'c2' });
	await type('ama', id, 'ten', 'twenty');
	await here.rewrite('shaded stop is', 'shaded stop ever is');
	const preview = await previewBranch(here.house, here.live, await here.as('ama'), id);
	expect(preview).toMatchObject({ text: 'ten → twenty', more: 0, problem: null, stale: false });
	expect(preview.blocks.map(({ block }) => block.id)).toEqual(['c2']);
	await refused(publish('ama', id, { termsAccepted: false }), 'terms_not_accepted');
	await refused(publish('ama', id, { reason: ' ' }), 'remark_empty', { field: 'reason' });
	const key = here.key();
	const made = await publish('ama', id, { key, reason: 'More room.' });
	expect(await publish('ama', id, { key })).toEqual(made);
	expect(made).toMatchObject({
		kind: 'suggestion',
		body: 'More room.',
		status: 'published',
		capacity: { kind: 'citizen' },
		anchor: { blockId: 'c2' },
		termsVersion: expect.any(String)
	});
	const row = await rowOf(id);
	expect(row).toMatchObject({ contributionId: made.id, publishedAt: made.createdAt });
	expect(row.summary).toMatchObject({ blockIds: ['c2'], text: 'ten → twenty', more: 0 });
	expect(row.contentHash).toMatch(/^[0-9a-f]{64}$/);
	expect(await verbsOf(made.id)).toEqual(['contribution.made', 'suggestion.published']);
	await refused(publish('ama', id), 'branch_moved_on');
	await refused(discardBranch(here.house, await here.as('ama'), id), 'branch_moved_on');
	const { open, byBlock, summaryOf } = await suggestionsOn(here.house, here.live, here.document.id);
	expect([...open.keys()]).toEqual([id]);
	expect(byBlock).toEqual(new Map([['c2', [id]]]));
	expect(summaryOf(id)?.text).toBe('ten → twenty');
	await withdrawContribution(here.house, await here.as('ama'), made.id);
	expect((await suggestionsOn(here.house, here.live, here.document.id)).open.size).toBe(0);
});

it('L5: what cannot be published stays a private branch with its words, and the refusal says why', async () => {
	const gone = await begin('ama', { blockId: 'c2' });
	const same = await begin('ama', { blockId: 'c1' });
	const large = await begin('ama', { blockId: 'c3' });
	const late = await begin('ama', { blockId: 'c4' });
	await type('ama', gone.id, 'ten', 'twenty');
	await type('ama', large.id, 'two', 'word '.repeat(LARGEST.inserted / 5 + 1));
	await type('ama', late.id, 'spring', 'summer');
	await here.live.write(here.document.id, here.ids.ines, (body) => {
		const text = body.toString();
		const from = text.indexOf('Street');
		body.delete(from, text.indexOf('\n', from) + 1 - from);
	});
	await refused(publish('ama', gone.id), 'clause_gone', { branch: gone.id });
	await refused(publish('ama', same.id), 'branch_empty', { branch: same.id });
	await refused(publish('ama', large.id), 'branch_too_large', { branch: large.id });
	const ines = await here.as('ines');
	const move = { to: 'withdrawn', reason: 'Enough.', closes: '' } as const;
	await moveStage(here.house, here.live, ines, here.document.id, move);
	await refused(publish('ama', late.id), 'document_closed', { branch: late.id });
	await refused(begin('ama'), 'document_closed');
	const ama = await here.as('ama');
	const mine = await myBranches(here.house, ama, here.document.id);
	expect(mine.map(({ state }) => state)).toEqual(Array(4).fill('private'));
	expect(await branchOf(here.house, ama, late.id)).toMatchObject({
		problem: 'document_closed',
		may: { write: false, publish: false, discard: true }
	});
	expect((await here.live.read(late.id)).body.toString()).toContain('every summer');
	expect(await myWordsOn(here.house, ama, gone.id)).toBe('twenty');
	expect(await here.house.store.db.select().from(contribution)).toEqual([]);
});

it('L6: after a new epoch a branch can be read by its authors, never published', async () => {
	const { id } = await begin('ama', { blockId: 'c2' });
	await type('ama', id, 'ten', 'twenty');
	await here.live.newEpoch(here.document.id);
	const ama = await here.as('ama');
	expect(await branchOf(here.house, ama, id)).toMatchObject({
		state: 'outdated',
		problem: 'branch_outdated',
		may: { write: false, publish: false, discard: true }
	});
	await refused(publish('ama', id), 'branch_outdated');
	await expect(here.live.read(id)).rejects.toMatchObject({ code: 'branch_outdated' });
	expect(await myWordsOn(here.house, ama, id)).toBe('twenty');
	await discardBranch(here.house, ama, id);
	expect(await myBranches(here.house, ama)).toEqual([]);
});

it('L8: a clause in other words becomes a suggestion of just the words that differ', async () => {
	const { seq } = await here.live.read(here.document.id);
	await here.rewrite('Street vendors', 'All vendors');
	const words = 'Street vendors may trade within twenty metres of a shaded stop.';
	const made = await inWords('jonas', 'c2', words, { seq });
	const { blocks, summaryOf, byContribution } = await suggestionsOn(
		here.house,
		here.live,
		here.document.id
	);
	expect(summaryOf(byContribution.get(made.id)!.id)).toMatchObject({
		text: 'ten → twenty',
		more: 0
	});
	expect(blocks).toHaveLength(1);
	expect(await main()).toContain('All vendors may trade within ten metres');
	await refused(inWords('jonas', 'c1', 'Every shaded stop is public.'), 'branch_empty');
	expect(await myBranches(here.house, await here.as('jonas'))).toHaveLength(1);
	const missing = await refused(inWords('jonas', 'c9', 'A clause of old.'), 'clause_gone');
	const kept = await myWordsOn(here.house, await here.as('jonas'), missing.params.branch!);
	expect(kept).toContain('A clause of old.');
	expect(await branchOf(here.house, await here.as('jonas'), missing.params.branch!)).toMatchObject({
		state: 'private'
	});
});

it('one person keeps no more private branches than anybody could look after', async () => {
	for (let made = 0; made < MOST_BRANCHES; made += 1) await begin('ama');
	await refused(begin('ama'), 'too_many_branches');
	await begin('jonas');
});

it('L1: what one wrote and did not publish is listed for oneself alone, and only while it is so', async () => {
	const { house, document } = here;
	const ama = await here.as('ama');
	const [untouched, kept, sent] = [
		await begin('ama', { blockId: 'c1' }),
		await begin('ama', { blockId: 'c2' }),
		await begin('ama', { blockId: 'c2' })
	];
	await type('ama', kept.id, 'ten', 'twenty');
	await type('ama', sent.id, 'ten', 'twelve');
	await publish('ama', sent.id);
	expect(await unpublishedOn(house, ama, document.id)).toMatchObject([
		{ id: kept.id, blockId: 'c2' }
	]);
	expect(await unpublishedOn(house, await here.as('jonas'), document.id)).toEqual([]);
	expect(await unpublishedOn(house, VISITOR, document.id)).toEqual([]);
	await discardBranch(house, ama, kept.id);
	expect(await unpublishedOn(house, ama, document.id)).toEqual([]);
	expect(untouched.state).toBe('private');
});
