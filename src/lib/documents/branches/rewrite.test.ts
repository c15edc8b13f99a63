import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type Delta, plainText, readBlocks } from '../text/blocks.ts';
import { openBody, seedBody } from '../text/body.ts';
import { rewriteBlock } from './rewrite.ts';
import { livingIds } from './scenes.testing.ts';

const end = (id: string) => ({ insert: '\n', attributes: { block: { id, type: 'paragraph' } } });

function textOf(delta: Delta) {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const body = openBody(doc);
	seedBody(body, delta);
	doc.clientID = 2;
	return { doc, body };
}

function rewritten(delta: Delta, words: string, id = 'b') {
	const { doc, body } = textOf([{ insert: 'Before' }, end('a'), ...delta, end(id), end('z')]);
	const before = livingIds(Y.encodeStateAsUpdate(doc));
	const changed = rewriteBlock(body, readBlocks(body), id, words);
	const now = livingIds(Y.encodeStateAsUpdate(doc));
	return { body, changed, blocks: readBlocks(body), before, now };
}

describe('a block in other words', () => {
	it.each([
		['Within ten metres of a stop.', 'Within twenty metres of a stop.', 1, 3],
		['Within ten metres of a stop.', 'Within ten metres of a shaded stop.', 1, 0],
		['Within ten metres of a stop.', 'Within metres of a stop.', 0, 4],
		['one two three four', 'one zwei drei four', 1, 9],
		['Vendors may trade here.', 'Vendors shall be allowed to trade here.', 1, 3],
		['Vendors shall be allowed to trade here.', 'Vendors may trade here.', 1, 19],
		['Vendors may trade.', 'Street vendors, if they wish, may trade.', 1, 7]
	])('%s → %s touches nothing else', (was, words, runs, gone) => {
		const { body, blocks, before, now } = rewritten([{ insert: was }], words);
		expect(plainText(blocks[1]!)).toBe(words);
		expect(before.filter((id) => !now.includes(id))).toHaveLength(gone);
		const fresh = now.map((id) => !before.includes(id));
		expect(fresh.filter((is, at) => is && !fresh[at - 1])).toHaveLength(runs);
		expect(body.toString().startsWith('Before\n')).toBe(true);
	});

	it('says that nothing changed, whatever a text field did to the edges', () => {
		const was = [{ insert: ' One two' }, { insert: { type: 'break' } }, { insert: 'three ' }];
		expect(rewritten(was, 'One two\r\nthree').changed).toBe(false);
	});

	it('keeps notes, marks and line breaks where they are', () => {
		const was = [
			{ insert: 'A ' },
			{ insert: 'bold word', attributes: { strong: true } },
			{ insert: { type: 'note', note: 'n1' } },
			{ insert: ' and' },
			{ insert: { type: 'break' } },
			{ insert: 'more' }
		];
		const { blocks } = rewritten(was, 'A bold thing and\nmuch more\nstill');
		expect(blocks[1]!.spans).toEqual([
			{ text: 'A ', marks: {} },
			{ text: 'bold thing', marks: { strong: true } },
			{ embed: { type: 'note', note: 'n1' }, marks: {} },
			{ text: ' and', marks: {} },
			{ embed: { type: 'break' }, marks: {} },
			{ text: 'much more', marks: {} },
			{ embed: { type: 'break' }, marks: {} },
			{ text: 'still', marks: {} }
		]);
	});

	it('takes the block away when no words are left', () => {
		const { blocks } = rewritten([{ insert: 'All of it' }], '  \n ');
		expect(blocks.map(({ id }) => id)).toEqual(['a', 'z']);
	});

	it('on random texts: reads as sent, and keeps every word that both have in common', () => {
		const word = fc.constantFrom('ten', 'metres', 'of', 'a', 'stop', 'l’été', '3.5', 'shade', ',');
		const words = fc.array(word, { minLength: 1, maxLength: 14 }).map((all) => all.join(' '));
		fc.assert(
			fc.property(words, words, (was, wanted) => {
				const { blocks, before, now, changed } = rewritten([{ insert: was }], wanted);
				expect(plainText(blocks[1]!)).toBe(wanted);
				expect(changed).toBe(was !== wanted);
				const kept = before.filter((id) => now.includes(id));
				expect(now.filter((id) => before.includes(id))).toEqual(kept);
				expect(kept.length).toBeGreaterThanOrEqual(9 + commonEdges(was, wanted));
			}),
			{ numRuns: 1000 }
		);
	});
});

/** Characters of the words that both begin and end with, which no sensible difference touches. */
function commonEdges(a: string, b: string): number {
	const [x, y] = [a.split(' '), b.split(' ')];
	let [head, tail] = [0, 0];
	while (head < Math.min(x.length, y.length) && x[head] === y[head]) head += 1;
	while (tail < Math.min(x.length, y.length) - head && x.at(-1 - tail) === y.at(-1 - tail))
		tail += 1;
	return [...x.slice(0, head), ...x.slice(x.length - tail)].join('').length;
}
