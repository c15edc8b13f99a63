import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Seed } from '../live/seed.ts';
import { storedBlocks } from '../live/stored-blocks.ts';
import { type Block, readBlocks } from '../text/blocks.ts';
import { openBody } from '../text/body.ts';
import { importMarkdown } from './import.ts';
import { WorkerQueue } from './worker-queue.server.ts';

const bytes = (words: string) => new TextEncoder().encode(words);
const PART = 'Shade for **all** who [wait](https://example.org), in words that go on and on.\n\n';
/** Long enough for several seconds of computing. */
const LONG = bytes(`# A plan\n\n${PART.repeat(40_000)}`);
/** Just as much text as a thread is worth. */
const MEDIUM = bytes(`# A plan\n\n${PART.repeat(30)}`);
const always = { inline: 0 };

/** The same words, marks and blocks; ids are made up anew each time. */
function withoutIds(blocks: Block[]) {
	return JSON.stringify(blocks).replace(/"(id|note)":"[^"]+"/g, '"$1"');
}

/** The blocks of a text that begins like this. */
function blocksOf({ updates }: Seed): Block[] {
	const doc = new Y.Doc();
	const body = openBody(doc);
	for (const { update } of updates) Y.applyUpdate(doc, update);
	return readBlocks(body);
}

test('a thread reads what reading at once reads', async () => {
	const source = bytes(
		`# A plan\n\n${PART}<script>x</script>\n\n1. One\n2. Two[^1]\n\n[^1]: A note.`
	);
	const aside = await new WorkerQueue(always).read(source);
	const { delta, problems, title } = importMarkdown(source);
	expect(aside).toMatchObject({ problems, title });
	expect(problems).toHaveLength(1);
	const blocks = blocksOf(aside.text);
	expect(withoutIds(blocks)).toEqual(withoutIds(readBlocks(delta)));
	// What is stored to be shown is what the text says.
	expect(await storedBlocks(aside.text.blocks)).toEqual(blocks);
});

test('a long file leaves the process free to serve others meanwhile', async () => {
	let last = performance.now();
	let longest = 0;
	const beat = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 5);
	const began = performance.now();
	const imported = await new WorkerQueue().read(LONG);
	// What remains for this thread is to take the answer over, after the last beat.
	const took = performance.now() - began;
	clearInterval(beat);
	expect(imported.title).toBe('A plan');
	expect(longest).toBeLessThan(took / 3);
});

test('a file that takes too long or too much memory is refused, and the next one is read', async () => {
	const heavy = { kind: 'Invalid', code: 'import_too_heavy' };
	const hasty = new WorkerQueue({ atOnce: 1, milliseconds: 100 });
	await expect(hasty.read(LONG)).rejects.toMatchObject(heavy);
	const small = new WorkerQueue({ ...always, atOnce: 1, megabytes: 24 });
	await expect(small.read(LONG)).rejects.toMatchObject(heavy);
	expect((await small.read(MEDIUM)).title).toBe('A plan');
});

test('so many are read at once, the others wait, and a full line is refused', async () => {
	const queue = new WorkerQueue({ ...always, atOnce: 1, waiting: 1 });
	const [first, second, third] = [queue.read(MEDIUM), queue.read(MEDIUM), queue.read(MEDIUM)];
	await expect(third).rejects.toMatchObject({ kind: 'TooMany', code: 'imports_waiting' });
	expect((await Promise.all([first, second])).map(({ title }) => title)).toEqual([
		'A plan',
		'A plan'
	]);
	expect((await queue.read(MEDIUM)).title).toBe('A plan');
});

test.each([
	['a binary', bytes(`${'a'.repeat(300_000)}\0`), 'import_binary'],
	['nothing', bytes(' '.repeat(300_000)), 'import_empty'],
	['5 MB', new Uint8Array(5_000_000).fill(97), 'import_too_large']
])('%s is refused without taking a place in the line', async (_, source, code) => {
	const full = new WorkerQueue({ atOnce: 0, waiting: 0 });
	await expect(full.read(source)).rejects.toMatchObject({ kind: 'Invalid', code });
});

test('what only the reading shows is refused alike', async () => {
	const source = bytes('<script></script>\n'.repeat(40));
	const refused = (() => {
		try {
			return importMarkdown(source);
		} catch (error) {
			return error;
		}
	})();
	expect(refused).toMatchObject({ kind: 'Invalid', code: 'import_empty' });
	await expect(new WorkerQueue(always).read(source)).rejects.toMatchObject({
		code: 'import_empty'
	});
});
