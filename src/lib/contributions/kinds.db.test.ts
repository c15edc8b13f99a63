import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDocument } from '#lib/documents/documents.server.ts';
import { VISITOR } from '#lib/people/actor.ts';
import { detailValues } from './details.ts';
import { editContribution, withdrawContribution } from './amend.server.ts';
import { annotate, reply } from './annotate.server.ts';
import type { AnnotateInput } from './inputs.ts';
import { listAnnotations, readThread } from './list.server.ts';
import { meeting, type Meeting } from './meeting.testing.ts';
import { mendSearch } from './searchable.server.ts';
import { contribution } from './schema.server.ts';
import { similarTo } from './similar.server.ts';
import { removeEntry } from '#lib/server/search.ts';
import { changeStanding } from './standing.server.ts';

let at: Meeting;
beforeEach(async () => {
	at = await meeting();
});
afterEach(() => at.close());

const write = async (name: 'ama' | 'jonas' | 'ines', more: Partial<AnnotateInput>) => {
	at.house.time.advance(20_000);
	const input = { block: 'c2', body: 'Words.', key: at.key(), ...more } as AnnotateInput;
	return annotate(at.house, at.live, await at.as(name), at.document.id, input);
};
const view = async (id: string, actor = VISITOR) =>
	(await readThread(at.house, at.live, actor, at.document.id, id)).thread;
const list = (query: object) =>
	listAnnotations(at.house, at.live, VISITOR, at.document.id, {
		...{ show: 'open' as const, order: 'place' as const, page: 1, block: undefined },
		...query
	});

/** A dataset note of the house that only its author may read. */
const noteBy = (author: Awaited<ReturnType<Meeting['as']>>) =>
	createDocument(
		at.house,
		at.live,
		author,
		{
			title: 'Counts of people',
			kind: 'dataset_note',
			...{ summary: '', language: 'en', licence: 'CC-BY-4.0' }
		},
		[{ insert: 'Rows.\n' }]
	);

describe('kinds', () => {
	test('C13 evidence names its source and where it is, on the web or here', async () => {
		const source = '  Heat Lab,\n summer counts ';
		const web = await write('ama', {
			kind: 'evidence',
			source,
			url: 'https://lab.example/a?b=1#c'
		});
		expect(web.detail).toEqual({
			...{ kind: 'evidence', source: 'Heat Lab, summer counts', datasetId: null },
			url: 'https://lab.example/a?b=1#c'
		});
		const none = await write('ama', { kind: 'evidence', source: 'Seen with my own eyes' });
		expect(none.detail).toMatchObject({ url: null, datasetId: null });
		const bad = (url: string) => write('ama', { kind: 'evidence', source: 'x', url });
		for (const url of ['javascript:alert(1)', 'data:text/html,x', 'ftp://x.y/z', '//evil', 'x y'])
			await expect(bad(url), url).rejects.toThrow('detail_url_wrong');
		await expect(bad('https://user:word@x.example/')).rejects.toThrow('detail_url_wrong');
		await expect(write('ama', { kind: 'evidence' })).rejects.toThrow('detail_source_missing');
		await expect(write('ama', { kind: 'evidence', source: 'x'.repeat(301) })).rejects.toThrow(
			'detail_source_too_long'
		);
	});

	test('C13 a dataset note of the house is named for those who may read it', async () => {
		const ines = await at.as('ines');
		const note = await noteBy(ines);
		const url = `/documents/${note.slug}`;
		const row = await write('ines', { kind: 'evidence', source: 'Our counts', url });
		expect(row.detail).toMatchObject({ url: null, datasetId: note.id });
		expect((await view(row.id, ines)).detail).toMatchObject({
			dataset: { slug: note.slug, title: 'Counts of people' }
		});
		// Still private: others learn that there is a source, not what it is called.
		expect((await view(row.id)).detail).toMatchObject({ source: 'Our counts', dataset: null });
		// And nobody finds out by trying whether a private note is there.
		const guess = await write('ama', { kind: 'evidence', source: 'x', url });
		expect(guess.detail).toMatchObject({ datasetId: null, url: expect.stringContaining(url) });
	});

	test('C3 C13 evidence is turned to a note here, and a note its author cannot read stays', async () => {
		const ines = await at.as('ines');
		const note = await noteBy(ines);
		const source = 'Our counts';
		const row = await write('ines', { kind: 'evidence', source, url: 'https://lab.example/' });
		const edit = (actor: typeof ines, more: object) =>
			editContribution(at.house, actor, { id: row.id, body: 'Words.', ...more });
		const url = `/documents/${note.slug}`;
		await edit(ines, { source, url });
		expect((await view(row.id, ines)).detail).toMatchObject({
			url: null,
			dataset: { slug: note.slug }
		});
		// What the form began with, sent back, changes nothing.
		const before = (await view(row.id, ines)).editedAt;
		at.house.time.advance(1_000);
		await edit(ines, { ...detailValues((await view(row.id, ines)).detail) });
		expect((await view(row.id, ines)).editedAt).toBe(before);

		await at.house.store.db
			.update(contribution)
			.set({ personId: at.ids.jonas })
			.where(eq(contribution.id, row.id));
		const jonas = await at.as('jonas');
		const values = detailValues((await view(row.id, jonas)).detail);
		expect(values).toEqual({ source, url: '' });
		const kept = await edit(jonas, { ...values, source: 'Their counts' });
		expect(kept.detail).toMatchObject({ source: 'Their counts', datasetId: note.id });
	});

	test('C13 a risk says what of, how likely and how heavy; nothing belongs to another kind', async () => {
		const risk = { kind: 'risk', category: 'safety', likelihood: '2', impact: '3' } as const;
		const row = await write('ama', risk);
		expect(row.detail).toEqual({ kind: 'risk', category: 'safety', likelihood: 2, impact: 3 });
		expect(await view(row.id)).toMatchObject({ kind: 'risk', detail: row.detail });
		for (const [field, value] of Object.entries({ category: 'luck', likelihood: '4', impact: '' }))
			await expect(write('ama', { ...risk, [field]: value })).rejects.toThrow(
				'detail_risk_incomplete'
			);
		await expect(write('ama', { kind: 'question', impact: '1' })).rejects.toThrow(
			'detail_unexpected'
		);
		await expect(write('ama', { source: 'x' })).rejects.toThrow('detail_unexpected');
	});

	test('C14 a formal opinion is a representative’s, in that capacity', async () => {
		await expect(write('ama', { kind: 'opinion' })).rejects.toThrow('opinion_representatives');
		const ama = await at.as('ama');
		const held = { kind: 'representative', orgId: 'u', orgName: 'Union' } as const;
		const actor = { ...ama, capacities: [...ama.capacities, { id: 'rep', ...held }] };
		const input = { kind: 'opinion', block: 'c1', body: 'We agree.', key: at.key() } as const;
		const row = await annotate(at.house, at.live, actor, at.document.id, input);
		expect(row).toMatchObject({ kind: 'opinion', capacity: held });
	});

	test('C13 a list is of all kinds, or of one', async () => {
		const question = await write('ama', { kind: 'question', body: 'Why ten?' });
		await write('jonas', { kind: 'lesson', body: 'Eight was too few.' });
		await write('ama', { body: 'Good.' });
		const all = await list({});
		expect(all.total).toBe(3);
		expect(all.kinds.filter(({ count }) => count > 0)).toEqual([
			{ kind: 'annotation', count: 1 },
			{ kind: 'question', count: 1 },
			{ kind: 'lesson', count: 1 }
		]);
		expect((await list({ kind: 'question' })).items.map((one) => one.id)).toEqual([question.id]);
	});
});

describe('finding', () => {
	const alike = (words: string) => similarTo(at.house, at.document, words);
	const found = async (q: string) => (await list({ q })).items.map((one) => one.id);

	test('C17 heads and replies by their words, as long as everybody sees them', async () => {
		const stalls = await write('ama', { body: 'Flower sellers need longer tables.' });
		await write('jonas', { block: 'c4', body: 'Count the trees twice.' });
		const answer = await reply(at.house, await at.as('jonas'), {
			...{ id: stalls.id, body: 'Awnings block the kerb.', key: at.key() }
		});
		expect(await found('flowers')).toEqual([stalls.id]);
		expect(await found('awning kerb')).toEqual([stalls.id]);
		expect(await found('flowers trees')).toEqual([]);
		expect(await found('"OR* )(')).toEqual([]);

		const jonas = await at.as('jonas');
		await editContribution(at.house, jonas, { id: answer.id, body: 'The kerb is high.' });
		expect(await found('awning')).toEqual([]);
		expect(await found('kerb')).toEqual([stalls.id]);
		await withdrawContribution(at.house, jonas, answer.id);
		expect(await found('kerb')).toEqual([]);
		const move = (from: 'published' | 'hidden', to: 'published' | 'hidden') =>
			at.house.store.transact((tx) =>
				changeStanding(tx, { ...stalls, status: from }, to, {
					...{ by: at.ids.mod, at: at.house.clock(), reason: 'Spam.' }
				})
			);
		await move('published', 'hidden');
		expect(await found('flowers')).toEqual([]);
		await move('hidden', 'published');
		expect(await found('flowers')).toEqual([stalls.id]);
	});

	test('C17 evidence by its source, as it is called now', async () => {
		const row = await write('ama', { kind: 'evidence', source: 'Almanac', body: 'Counted.' });
		expect(await found('almanac')).toEqual([row.id]);
		const ama = await at.as('ama');
		await editContribution(at.house, ama, { id: row.id, body: 'Counted.', source: 'Gazette' });
		expect(await found('almanac')).toEqual([]);
		expect(await found('gazette')).toEqual([row.id]);
	});

	test('C17 what was said before there was a search is found once it was mended', async () => {
		const row = await write('ama', { body: 'Flower sellers need longer tables.' });
		await at.house.store.transact((tx) => removeEntry(tx, row.id));
		expect(await found('flower')).toEqual([]);
		expect(await mendSearch(at.house)).toBe(1);
		expect(await mendSearch(at.house)).toBe(0);
		expect(await found('flower')).toEqual([row.id]);
	});

	test('C16 what says something alike is shown while one writes', async () => {
		const first = await write('ama', {
			body: 'Ten metres puts the flower stalls in the sun; twenty metres would do.'
		});
		await write('jonas', { body: 'Who counts the trees?', block: 'c4' });
		const words = 'The stalls stand in the sun at ten metres. Make it twenty metres.';
		expect(await alike(words)).toEqual([
			{
				...{ id: first.id, kind: 'annotation', name: 'ama' },
				words: 'Ten metres puts the flower stalls in the sun; twenty metres would do.'
			}
		]);
		expect(await alike('Something else altogether about money and taxes.')).toEqual([]);
		await withdrawContribution(at.house, await at.as('ama'), first.id);
		expect(await alike(words)).toEqual([]);
	});
});
