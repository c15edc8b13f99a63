import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyBlocks } from '#lib/documents/markdown/roundtrip.testing.ts';
import { alignedText, type Block, readBlocks, toDelta } from '#lib/documents/text/blocks.ts';
import { compareBlocks, type Part } from './compare.ts';
import { commonPairs } from './sequence.ts';

/** A text and what became of it: words changed, blocks dropped, doubled and moved. */
const revision = fc
	.tuple(
		anyBlocks,
		fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'move', 'word', 'keep')), { maxLength: 6 }),
		fc.boolean()
	)
	.map(([before, acts, renamed]): [Block[], Block[]] => {
		const after = before.map(({ attrs, spans }, at) => ({
			attrs: renamed ? { ...attrs, id: `n${at}` } : attrs,
			spans
		}));
		for (const [at, act] of acts) {
			const [one] = after.splice(at % Math.max(1, after.length), 1);
			if (!one || act === 'drop') continue;
			const spans = act === 'word' ? [...one.spans, { text: ' new words', marks: {} }] : one.spans;
			after.splice(act === 'move' ? 0 : at % (after.length + 1), 0, { ...one, spans });
		}
		return [before, after.length === 0 ? before : readBlocks(toDelta(after))];
	});

const kept = (parts: Part[], without: Part['op']) =>
	parts
		.filter(({ op }) => op !== without)
		.map(({ text }) => text)
		.join('');

test('leaving out insertions gives the old text, leaving out deletions the new one', () => {
	fc.assert(
		fc.property(fc.oneof(revision, fc.tuple(anyBlocks, anyBlocks)), ([before, after]) => {
			const changes = compareBlocks(before, after);
			expect(changes.flatMap((change) => change.after ?? [])).toEqual(after);
			const olds = changes.flatMap((change) => change.before ?? []);
			expect(olds.toSorted((a, b) => a.from - b.from)).toEqual(before);
			for (const { before: was, after: is, parts, kind } of changes) {
				if (was) expect(kept(parts, 'ins')).toBe(alignedText(was));
				if (is) expect(kept(parts, 'del')).toBe(alignedText(is));
				if (kind === 'same' || kind === 'moved')
					expect(parts.every(({ op }) => op === 'equal')).toBe(true);
				for (const { text, spans } of parts) expect(alignedText({ spans })).toBe(text);
			}
		}),
		{ numRuns: 800 }
	);
}, 60_000);

test('what two sequences have in common rises in both and is equal; small ones share the most', () => {
	const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });
	fc.assert(
		fc.property(items, items, (a, b) => {
			const pairs = commonPairs(a, b);
			pairs.forEach(([x, y], at) => {
				expect(a[x]).toBe(b[y]);
				const previous = pairs[at - 1];
				if (previous) expect(previous[0] < x && previous[1] < y).toBe(true);
			});
			expect(pairs).toHaveLength(longest(a, b));
		}),
		{ numRuns: 1_000 }
	);
});

function longest(a: string[], b: string[]): number {
	const row = new Array<number>(b.length + 1).fill(0);
	for (const one of a) {
		let diagonal = 0;
		b.forEach((other, at) => {
			const above = row[at + 1]!;
			row[at + 1] = one === other ? diagonal + 1 : Math.max(above, row[at]!);
			diagonal = above;
		});
	}
	return row[b.length]!;
}
