import { beforeEach, expect, test } from 'vitest';
import { livingText, textPatch, type Drawn } from './reading.server.ts';
import type { Delta } from './text/blocks.ts';
import { memoryTexts } from './texts.testing.ts';

const plain: Drawn = { readers: 'all', state: '', marks: [], labels: {} };
const painted = (from: number, to: number): Drawn => ({
	...plain,
	state: `${from}-${to}`,
	marks: [{ id: 'x', from, to, kind: 'annotation', status: 'exact' }]
});
const clause = (id: string, words: string): Delta => [
	{ insert: words },
	{ insert: '\n', attributes: { block: { id, type: 'clause', level: 1 } } }
];

let texts: ReturnType<typeof memoryTexts>;
beforeEach(async () => {
	texts = memoryTexts(() => 7);
	await texts.live.create('d', [...clause('a', 'One.'), ...clause('b', 'Two.')], 'p');
});

const shown = async (drawn: Drawn) => (await livingText(texts.live, 'd', drawn)).facts;
const patchSince = async (drawn: Drawn, had: { epoch: number; seq: number; drawing: string }) => {
	const { order, pieces, changed } = await textPatch(texts.live, 'd', drawn, had);
	return { order, changed, sent: pieces.map(({ id }) => id) };
};

test('only what changed since is sent, with the place of everything', async () => {
	const had = await shown(plain);
	texts.write('d', (body) => body.insert(0, 'Number '));
	expect(await patchSince(plain, had)).toEqual({
		order: [
			['a', 0],
			['b', 12]
		],
		changed: ['a'],
		sent: ['a']
	});
	expect((await patchSince(plain, await shown(plain))).sent).toEqual([]);
});

test('a page that is several drawings behind gets all that changed meanwhile, and no more', async () => {
	await texts.live.create(
		'd',
		[clause('a', 'One.'), clause('b', 'Two.'), clause('c', '3.')].flat(),
		'p'
	);
	const had = await shown(plain);
	for (const word of ['First ', 'And first ']) {
		texts.write('d', (body) => body.insert(0, word));
		await shown(plain);
	}
	texts.write('d', (body) => body.insert(body.toString().indexOf('Two'), 'Number '));
	expect((await patchSince(plain, had)).sent).toEqual(['a', 'b']);
});

test('a clause that gets another number is sent again', async () => {
	const had = await shown(plain);
	texts.write('d', (body) => body.applyDelta(clause('new', 'Zero.')));
	expect((await patchSince(plain, had)).changed).toEqual(['new', 'a', 'b']);
});

test('highlights that come and go are sent where they are, and are no change of words', async () => {
	const had = await shown(plain);
	const later = await patchSince(painted(5, 8), had);
	expect([later.sent, later.changed]).toEqual([['b'], []]);
	const { drawing } = await shown(painted(5, 8));
	texts.write('d', (body) => body.insert(0, 'Ten '));
	expect((await patchSince(painted(9, 12), { epoch: 1, seq: 1, drawing })).sent).toEqual(['a']);
	expect((await patchSince(plain, { epoch: 1, seq: 2, drawing })).sent).toEqual(['a', 'b']);
});

test('what stands below a piece is part of its drawing', async () => {
	const said = (count: number): Drawn => ({
		...plain,
		state: `${count}`,
		below: ({ id }) => (id === 'b' ? `<p>${count}</p>` : '')
	});
	const had = await shown(said(1));
	const { pieces, changed } = await textPatch(texts.live, 'd', said(2), had);
	expect(pieces).toMatchObject([{ id: 'b', html: expect.stringContaining('</div><p>2</p>') }]);
	expect(changed).toEqual([]);
});

test('the markup of the page names its drawing, and says so when there are no words', async () => {
	await texts.live.create('d', [], 'p');
	const { facts, html } = await livingText(texts.live, 'd', { ...plain, empty: 'No words.' });
	expect(html).toBe(
		`<div class="pieces" data-at="1.1" data-drawing="${facts.drawing}"><div class="piece" data-piece="~empty"><div class="words"><p>No words.</p></div></div></div>`
	);
});

test('a page of another epoch gets the whole text, and so does one that shows what nobody drew', async () => {
	expect((await patchSince(plain, { epoch: 9, seq: 99, drawing: '' })).sent).toEqual(['a', 'b']);
	const unknown = await patchSince(plain, { epoch: 1, seq: 1, drawing: 'other' });
	expect([unknown.sent, unknown.changed]).toEqual([['a', 'b'], []]);
});
