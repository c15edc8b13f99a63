import { beforeEach, expect, test } from 'vitest';
import { livingText, textPatch, type Drawn } from './reading.server.ts';
import type { Delta } from './text/blocks.ts';
import { memoryTexts } from './texts.testing.ts';

const plain: Drawn = { marks: [], labels: {} };
const painted = (from: number, to: number): Drawn => ({
	...plain,
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

const patchSince = async (drawn: Drawn, had: { epoch: number; seq: number; marks: string }) => {
	const { order, pieces, changed } = await textPatch(texts.live, 'd', drawn, had);
	return { order, changed, sent: pieces.map(({ id }) => id) };
};

test('only what changed since is sent, with the place of everything', async () => {
	const had = await livingText(texts.live, 'd', plain);
	texts.write('d', (body) => body.insert(0, 'Number '));
	expect(await patchSince(plain, had)).toEqual({
		order: [
			['a', 0],
			['b', 12]
		],
		changed: ['a'],
		sent: ['a']
	});
	const now = await livingText(texts.live, 'd', plain);
	expect((await patchSince(plain, now)).sent).toEqual([]);
});

test('a clause that gets another number is sent again', async () => {
	const had = await livingText(texts.live, 'd', plain);
	texts.write('d', (body) => body.applyDelta(clause('new', 'Zero.')));
	expect((await patchSince(plain, had)).changed).toEqual(['new', 'a', 'b']);
});

test('highlights that come are painted, and keep their name while the text above moves', async () => {
	const had = await livingText(texts.live, 'd', plain);
	const later = await patchSince(painted(5, 8), had);
	expect([later.sent, later.changed]).toEqual([['b'], []]);
	const { marks } = await livingText(texts.live, 'd', painted(5, 8));
	texts.write('d', (body) => body.insert(0, 'Ten '));
	expect((await livingText(texts.live, 'd', painted(9, 12))).marks).toBe(marks);
});

test('a page of another epoch gets the whole text', async () => {
	const had = { epoch: 9, seq: 99, marks: '' };
	expect((await patchSince(plain, had)).sent).toEqual(['a', 'b']);
});
