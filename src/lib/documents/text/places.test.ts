import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openBody, seedBody } from './body.ts';
import { readChange } from './change.ts';
import { Places, visible } from './places.ts';

const act = fc.record({
	here: fc.boolean(),
	at: fc.nat(60),
	words: fc.constantFrom('a', 'bc', 'def', ''),
	length: fc.nat(4),
	look: fc.nat(60)
});

/** The flat index of each visible item, by walking. */
function walk(text: Y.Text): Map<Y.Item, number> {
	const starts = new Map<Y.Item, number>();
	let index = 0;
	for (let item = text._start; item; item = item.right) {
		if (!visible(item)) continue;
		starts.set(item, index);
		index += item.length;
	}
	return starts;
}

test('a place is where a walk finds it, whatever happened in between', () => {
	fc.assert(
		fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
			const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
			const [text, other] = [openBody(mine), openBody(theirs)];
			seedBody(text, [{ insert: 'some words to start with' }]);
			Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
			// With no distance to share, every place asked for becomes a landmark of its own.
			const places = new Places(text, 0);
			text.observe((event) => places.shift(readChange(event)));
			for (const { here, at, words, length, look } of acts) {
				const target = here ? text : other;
				const index = Math.min(at, target.length);
				if (words) target.insert(index, words, { em: true });
				else target.delete(index, Math.min(length, target.length - index));
				const [from, to] = here ? [mine, theirs] : [theirs, mine];
				Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)));
				const starts = walk(text);
				const placed = places.at(look);
				expect(placed !== undefined).toBe(look < text.length);
				if (!placed) continue;
				expect(placed.start).toBe(starts.get(placed.item));
				expect(placed.start + placed.item.length).toBeGreaterThan(look);
				for (const [item, start] of starts) expect(places.indexOf(item, visible)).toBe(start);
			}
		}),
		{ numRuns: 1000 }
	);
});
