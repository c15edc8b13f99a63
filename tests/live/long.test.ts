import { afterEach, expect, it } from 'vitest';
import { seedOf } from '#lib/documents/live/seed.ts';
import { readBlocks, type Delta } from '#lib/documents/text/blocks.ts';
import { allSaved, stage, until, type Stage } from './support.ts';

let here: Stage;
afterEach(() => here.close());

const LONG = 'long';
const PARAGRAPHS = 8_000;
const text: Delta = Array.from({ length: PARAGRAPHS }, (_, index) => [
	{ insert: 'Shade for ' },
	{ insert: 'all', attributes: { strong: true } },
	{ insert: ' who wait 😀' },
	{ insert: '\n', attributes: { block: { id: `b${index}`, type: 'paragraph' } } }
]).flat();

/** How often everybody else had a turn while something was done. */
async function turnsDuring(act: () => Promise<unknown>): Promise<number> {
	let turns = 0;
	let next: NodeJS.Immediate;
	const count = () => {
		turns += 1;
		next = setImmediate(count);
	};
	next = setImmediate(count);
	await act();
	clearImmediate(next);
	return turns;
}

it('a long text is created, shown and opened while others have their turn', async () => {
	here = await stage();
	const { engine } = here;
	const seed = await seedOf(text);
	expect(seed.updates.length).toBeGreaterThan(5);
	const creating = await turnsDuring(() => engine.create(LONG, seed, 'ada'));
	expect(creating).toBeGreaterThanOrEqual(seed.updates.length);
	await expect(engine.create(LONG, seed, 'ada')).rejects.toMatchObject({ kind: 'Conflict' });

	expect(await turnsDuring(() => engine.read(LONG))).toBeGreaterThan(1);
	const { blocks, seq } = await engine.read(LONG);
	expect(seq).toBe(seed.updates.length);
	expect(blocks).toEqual(readBlocks(text));

	const building = await turnsDuring(() => engine.authorsOf(LONG, 0, 1));
	expect(building).toBeGreaterThan(2);
	expect(await engine.authorsOf(LONG, 0, 5)).toMatchObject([{ personId: 'ada', from: 0, to: 5 }]);
});

it('what was created long is written like any other text', async () => {
	here = await stage({ idleMs: 50 });
	const { engine } = here;
	await engine.create(LONG, await seedOf(text), 'ada');
	const [ada, bob] = ['ada', 'bob'].map((name) => here.join(name, { documentId: LONG }));
	await until(() => ada!.writable && bob!.writable, 'both may write');
	ada!.body.insert(0, 'More ');
	await allSaved(ada!);
	await until(() => bob!.body.toString().startsWith('More Shade'), 'bob sees it');
	const words = ada!.body.toString();
	await Promise.all([ada!.close(), bob!.close()]);
	await until(() => engine.figures().documents === 0, 'the rooms close');
	expect((await engine.read(LONG)).body.toString()).toBe(words);
});
