import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOrg } from '#lib/people/orgs.server.ts';
import { VISITOR, type Actor } from '#lib/people/actor.ts';
import { createPerson } from '#lib/people/registration.server.ts';
import { actorOf } from '#lib/people/session.server.ts';
import { event } from '#lib/server/schema.server.ts';
import { freshHouse } from '#tests/support/house.ts';
import { audienceOf } from './audience.server.ts';
import {
	createDocument,
	findDocument,
	listDocuments,
	PAGE,
	readDocument,
	renameDocument
} from './documents.server.ts';
import { contentHash } from './hash.ts';
import type { NewDocument } from './inputs.ts';
import { listMoves, moveStage } from './moves.server.ts';
import { liveRightOf } from './rights.server.ts';
import type { Stage } from './stages.ts';
import { bringIn, letGo, teamOf } from './team.server.ts';
import { readBlocks } from './text/blocks.ts';
import { templateText } from './templates/templates.ts';
import { memoryTexts } from './texts.testing.ts';
import { listVersions, VERSIONS_PER_PAGE, versionsToChoose } from './version-list.server.ts';
import { freezeVersion, readVersion } from './versions.server.ts';

const SHADE: NewDocument = {
	title: 'Urban Heat and Shade Ordinance',
	summary: 'Shade within five minutes’ walk of everyone.',
	kind: 'policy',
	language: 'en',
	licence: 'CC-BY-4.0'
};

let house: Awaited<ReturnType<typeof freshHouse>>;
let texts: ReturnType<typeof memoryTexts>;
let told: unknown[];
/** What is unanswered, as another area would count it. */
let waiting: { count: number; held: number };
/** Who works for the city, and who lives there. They are read anew each time, as a request would. */
let ids: { ines: string; tomas: string; rosa: string; emil: string };

beforeEach(async () => {
	house = await freshHouse();
	texts = memoryTexts(house.clock);
	const person = async (name: string, more = {}) =>
		(await createPerson(house, { name, email: `${name}@meravia.example`, ...more })).id;
	const emil = await person('emil', {
		duties: [{ kind: 'admin', scopeType: 'house', scopeId: null }]
	});
	const city = await createOrg(house, await actorOf(house, emil), {
		name: 'City of Meravia',
		kind: 'public_body'
	});
	const employee = { capacities: [{ kind: 'employee', orgId: city.id }] };
	ids = {
		emil,
		ines: await person('ines', employee),
		tomas: await person('tomas'),
		rosa: await person('rosa')
	};
	told = [];
	waiting = { count: 0, held: 0 };
	for (const name of ['rights', 'document'] as const) {
		house.bus.on(name, (payload) => told.push([name, payload]));
	}
});
afterEach(() => house.close());

const as = (name: keyof typeof ids): Promise<Actor> => actorOf(house, ids[name]);
const shade = async (title = SHADE.title) =>
	createDocument(
		house,
		texts.live,
		await as('ines'),
		{ ...SHADE, title },
		templateText('policy', 'en')
	);
const move = async (id: string, to: Stage, more: { reason?: string; closes?: string } = {}) => {
	house.time.advance(1_000);
	const input = { to, reason: '', closes: '', ...more };
	return moveStage(house, texts.live, await as('ines'), id, input, async () => waiting);
};

describe('starting a document', () => {
	test('makes its creator owner and policy team, privately, with its event', async () => {
		const { id, slug } = await shade();
		const found = await findDocument(house, await as('ines'), slug);
		expect(found.document).toMatchObject({ id, stage: 'private', title: SHADE.title });
		expect(await teamOf(house, found)).toMatchObject({
			owners: [{ id: ids.ines, name: 'ines' }],
			policyTeam: [{ id: ids.ines, name: 'ines' }],
			coDrafters: []
		});
		const events = await house.store.db.select().from(event);
		expect(events.filter((one) => one.documentId === id).map((one) => one.verb)).toEqual(
			expect.arrayContaining(['document.created', 'duty.granted'])
		);
		expect(await audienceOf(house, found)).toMatchObject({ org: 'City of Meravia', people: 1 });
	});

	test('is not for citizens', async () => {
		const made = createDocument(house, texts.live, await as('rosa'), SHADE, []);
		await expect(made).rejects.toMatchObject({ kind: 'Forbidden', code: 'may_not_create' });
	});
});

describe('a private document', () => {
	test('does not exist for anybody else', async () => {
		const { id, slug } = await shade();
		for (const actor of [VISITOR, await as('rosa'), await as('tomas')]) {
			await expect(findDocument(house, actor, slug)).rejects.toMatchObject({ kind: 'NotFound' });
			await expect(readDocument(house, actor, id)).rejects.toMatchObject({ kind: 'NotFound' });
			const move = { to: 'co_drafting', reason: '', closes: '' } as const;
			const invite = { email: 'rosa@meravia.example', part: 'co_drafter' } as const;
			const acts = [
				() => renameDocument(house, actor, id, { title: 'Mine', summary: '' }),
				() => freezeVersion(house, texts.live, actor, id, 'mine'),
				() => moveStage(house, texts.live, actor, id, move),
				() => bringIn(house, actor, id, invite)
			];
			for (const act of acts) await expect(act()).rejects.toMatchObject({ kind: 'NotFound' });
			expect((await listDocuments(house, actor)).total).toBe(0);
		}
		expect((await listDocuments(house, await as('ines'))).total).toBe(1);
		expect((await listDocuments(house, await as('emil'))).total).toBe(1);
	});

	test('shows itself to a co-drafter, who may write but not lead', async () => {
		const { id, slug } = await shade();
		await bringIn(house, await as('ines'), id, {
			email: 'tomas@meravia.example',
			part: 'co_drafter'
		});
		const tomas = await as('tomas');
		expect((await findDocument(house, tomas, slug)).document.id).toBe(id);
		expect((await listDocuments(house, tomas)).total).toBe(1);
		const rename = renameDocument(house, tomas, id, { title: 'Mine', summary: '' });
		await expect(rename).rejects.toMatchObject({ kind: 'Forbidden', code: 'not_policy_team' });
	});
});

describe('addresses', () => {
	test('are told apart, survive a new title, and come back with the old one', async () => {
		const [first, second] = [await shade(), await shade()];
		expect([first.slug, second.slug]).toEqual([
			'urban-heat-and-shade-ordinance',
			'urban-heat-and-shade-ordinance-2'
		]);
		const ines = await as('ines');
		const renamed = await renameDocument(house, ines, first.id, { title: 'Shade', summary: '' });
		expect(renamed.slug).toBe('shade');
		expect((await findDocument(house, ines, first.slug)).document.slug).toBe('shade');

		const third = await shade();
		expect(third.slug).toBe('urban-heat-and-shade-ordinance-3');
		const back = await renameDocument(house, ines, first.id, { title: SHADE.title, summary: '' });
		expect(back.slug).toBe(first.slug);
	});

	test('of nothing are NotFound', async () => {
		await expect(findDocument(house, VISITOR, 'nothing')).rejects.toMatchObject({
			kind: 'NotFound'
		});
	});
});

describe('the lifecycle', () => {
	test('goes its whole way, freezing a version on the way into three stages', async () => {
		const { id } = await shade();
		await move(id, 'co_drafting');
		const open = await move(id, 'consultation', { closes: '2026-06-30' });
		expect(open.closesAt).toBe(Date.UTC(2026, 6, 1));
		await move(id, 'revising');
		texts.write(id, (body) => body.insert(0, 'Better. '));
		await move(id, 'final', { reason: 'Every comment is answered.' });
		await move(id, 'adopted', { reason: 'The council voted for it.' });

		const { items: versions } = await listVersions(house, id);
		expect(versions.map(({ number, stage }) => [number, stage])).toEqual([
			[3, 'adopted'],
			[2, 'final'],
			[1, 'consultation']
		]);
		expect(versions[0]!.contentHash).toBe(versions[1]!.contentHash);
		expect(versions[1]!.contentHash).not.toBe(versions[2]!.contentHash);
		const moves = await listMoves(house, id);
		expect(moves[0]).toMatchObject({
			from: 'final',
			to: 'adopted',
			reason: 'The council voted for it.',
			movedBy: ids.ines,
			versionId: versions[0]!.id
		});
		expect(told).toContainEqual(['document', { documentId: id }]);
	});

	test('refuses moves that the table does not know', async () => {
		const { id } = await shade();
		const jump = move(id, 'adopted', { reason: 'At once.' });
		await expect(jump).rejects.toMatchObject({ kind: 'Conflict', code: 'stage_moved' });
	});

	test('asks for a reason and a day where they are needed', async () => {
		const { id } = await shade();
		await move(id, 'co_drafting');
		const cases: Array<[Stage, string, string, string]> = [
			['withdrawn', '', 'reason', 'reason'],
			['consultation', '', 'closing_missing', 'closes'],
			['consultation', '2026-05-03', 'closing_past', 'closes'],
			['consultation', '2999-01-01', 'closing_far', 'closes']
		];
		for (const [to, closes, code, field] of cases) {
			const refused = move(id, to, { closes });
			await expect(refused).rejects.toMatchObject({ kind: 'Invalid', code, params: { field } });
		}
		expect(await listVersions(house, id)).toMatchObject({ items: [], newest: null, pages: 1 });
	});

	test('does not close while anything said about it is unanswered', async () => {
		const { id } = await shade();
		await move(id, 'co_drafting');
		await move(id, 'consultation', { closes: '2026-06-30' });
		await move(id, 'revising');
		waiting = { count: 51, held: 2 };
		const early = move(id, 'final', { reason: 'Enough.' });
		await expect(early).rejects.toMatchObject({
			kind: 'Conflict',
			code: 'contributions_waiting',
			params: waiting
		});
		expect((await listVersions(house, id)).items).toHaveLength(1);
		waiting = { count: 0, held: 0 };
		await move(id, 'final', { reason: 'Every comment is answered.' });
		waiting = { count: 1, held: 0 };
		const late = move(id, 'adopted', { reason: 'The council voted for it.' });
		await expect(late).rejects.toMatchObject({ code: 'contributions_waiting' });
		const forgotten = moveStage(house, texts.live, await as('ines'), id, {
			to: 'adopted',
			reason: 'Nobody was asked.',
			closes: ''
		});
		await expect(forgotten).rejects.toThrow('must ask what is unanswered');
	});

	test('makes one move of two at once', async () => {
		const { id } = await shade();
		const outcomes = await Promise.allSettled([move(id, 'co_drafting'), move(id, 'co_drafting')]);
		const done = outcomes.filter((one) => one.status === 'fulfilled');
		expect(done).toHaveLength(1);
		expect(await listMoves(house, id)).toHaveLength(1);
	});

	test('keeps words that were saved while the stage was closing', async () => {
		const { id } = await shade();
		await move(id, 'co_drafting');
		await move(id, 'consultation', { closes: '2026-06-30' });
		await move(id, 'revising');
		const stop = house.bus.on('document', () => {
			stop();
			texts.write(id, (body) => body.insert(0, 'Just in time. '));
		});
		await move(id, 'final', { reason: 'Done.' });
		const [last] = (await listVersions(house, id)).items;
		const { blocks } = await texts.live.read(id);
		expect(last!.contentHash).toBe(await contentHash(blocks));
	});
});

describe('versions', () => {
	test('are numbered without gaps and never change with the text', async () => {
		const { id } = await shade();
		const ines = await as('ines');
		const before = await freezeVersion(house, texts.live, ines, id, 'As sent to the council.');
		texts.write(id, (body) => body.delete(0, 20));
		const many = await Promise.all(
			[2, 3, 4].map((at) => freezeVersion(house, texts.live, ines, id, `Number ${at}`))
		);
		expect(many.map(({ number }) => number).sort()).toEqual([2, 3, 4]);

		const kept = await readVersion(house, id, 1);
		expect(await contentHash(kept.blocks)).toBe(before.contentHash);
		expect(kept).toMatchObject({ reason: 'As sent to the council.', frozenBy: ids.ines });
		const { blocks } = await texts.live.read(id);
		expect(await contentHash(blocks)).not.toBe(before.contentHash);
		await expect(readVersion(house, id, 9)).rejects.toMatchObject({ code: 'version_not_found' });
	});

	test('are listed page by page, and every page knows the newest of all', async () => {
		const { id } = await shade();
		const ines = await as('ines');
		const total = VERSIONS_PER_PAGE + 2;
		for (let at = 0; at < total; at += 1) await freezeVersion(house, texts.live, ines, id, 'Kept.');
		const first = await listVersions(house, id);
		expect(first).toMatchObject({ newest: total, page: 1, pages: 2 });
		expect(first.items).toHaveLength(VERSIONS_PER_PAGE);
		const last = await listVersions(house, id, 99);
		expect(last).toMatchObject({ newest: total, page: 2, pages: 2 });
		expect(last.items.map(({ number }) => number)).toEqual([2, 1]);
		expect((await listVersions(house, id, 0)).page).toBe(1);
		expect((await versionsToChoose(house, id)).map(({ number }) => number)).toHaveLength(total);
	});

	test('hold the whole Yjs state, from which the same text is read', async () => {
		const { id } = await shade();
		const ines = await as('ines');
		await freezeVersion(house, texts.live, ines, id, 'Kept.');
		const { state, contentHash: hash } = await readVersion(house, id, 1);
		const Y = await import('yjs');
		const { openBody } = await import('./text/body.ts');
		const doc = new Y.Doc();
		const body = openBody(doc);
		Y.applyUpdate(doc, state);
		expect(await contentHash(readBlocks(body))).toBe(hash);
	});
});

describe('rights', () => {
	test('come and go with parties, team and stage, and are told at once', async () => {
		const { id } = await shade();
		const right = (who: keyof typeof ids | null) =>
			liveRightOf(house, who === null ? null : ids[who], id);
		expect([await right('ines'), await right('tomas'), await right(null)]).toEqual([
			'write',
			'none',
			'none'
		]);
		const invite = { email: 'TOMAS@meravia.example', part: 'co_drafter' } as const;
		await bringIn(house, await as('ines'), id, invite);
		expect(await right('tomas')).toBe('write');
		expect(told).toContainEqual(['rights', { personId: ids.tomas, documentId: id }]);

		await move(id, 'co_drafting');
		expect([await right('rosa'), await right(null)]).toEqual(['read', 'read']);
		told.length = 0;
		await letGo(house, await as('ines'), id, { person: ids.tomas, part: 'co_drafter' });
		expect(await right('tomas')).toBe('read');
		expect(told).toContainEqual(['rights', { personId: ids.tomas, documentId: id }]);

		await move(id, 'withdrawn', { reason: 'Another law does it.' });
		expect([await right('ines'), await liveRightOf(house, null, 'unknown')]).toEqual([
			'read',
			'none'
		]);
	});

	test('the last of a policy team cannot be let go, not even by two at once', async () => {
		const { id } = await shade();
		const ines = await as('ines');
		const only = letGo(house, ines, id, { person: ids.ines, part: 'policy_team' });
		await expect(only).rejects.toMatchObject({ kind: 'Conflict', code: 'last_of_team' });

		await bringIn(house, ines, id, { email: 'rosa@meravia.example', part: 'policy_team' });
		const outcomes = await Promise.allSettled([
			letGo(house, ines, id, { person: ids.rosa, part: 'policy_team' }),
			letGo(house, await as('rosa'), id, { person: ids.ines, part: 'policy_team' })
		]);
		expect(outcomes.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
		const { policyTeam } = await teamOf(house, await findDocument(house, await as('emil'), SLUG));
		expect(policyTeam).toHaveLength(1);
	});

	test('an address that nobody has is said so beside the field', async () => {
		const { id } = await shade();
		const invite = { email: 'nobody@meravia.example', part: 'co_drafter' } as const;
		const refused = bringIn(house, await as('ines'), id, invite);
		await expect(refused).rejects.toMatchObject({
			code: 'person_unknown',
			params: { field: 'email' }
		});
	});
});

test('the list has pages, and filters by stage', async () => {
	const made = [];
	for (let at = 0; at <= PAGE; at += 1) {
		house.time.advance(1_000);
		made.push(await shade(`Draft number ${at}`));
	}
	await move(made[0]!.id, 'co_drafting');
	const ines = await as('ines');
	const first = await listDocuments(house, ines);
	expect([first.total, first.pages, first.items.length]).toEqual([PAGE + 1, 2, PAGE]);
	expect(first.items[0]!.id).toBe(made[0]!.id);
	const last = await listDocuments(house, ines, { page: 99 });
	expect(last.items.map(({ title }) => title)).toEqual(['Draft number 1']);
	const open = await listDocuments(house, VISITOR, { stage: 'co_drafting' });
	expect(open.items.map(({ title }) => title)).toEqual(['Draft number 0']);
	expect((await listDocuments(house, VISITOR, { stage: 'private' })).total).toBe(0);
});

const SLUG = 'urban-heat-and-shade-ordinance';
