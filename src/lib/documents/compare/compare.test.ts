import { describe, expect, test } from 'vitest';
import { type Block, type BlockAttrs, readBlocks, toDelta } from '#lib/documents/text/blocks.ts';
import { compareBlocks, type Change } from './compare.ts';

const text = (
	...lines: Array<string | [id: string, words: string, attrs?: Partial<BlockAttrs>]>
): Block[] =>
	readBlocks(
		toDelta(
			lines.map((line, at) => {
				const [id, words, attrs] =
					typeof line === 'string' ? [`${line}-${at}`.replace(/\W/g, ''), line] : line;
				return {
					attrs: { id, type: 'paragraph', ...attrs } as BlockAttrs,
					spans: words === '' ? [] : [{ text: words, marks: {} }]
				};
			})
		)
	);

/** A change on one line: `kind: kept [-gone-] {+new+}`. */
function shown({ kind, parts }: Change): string {
	const marks = { equal: ['', ''], del: ['[-', '-]'], ins: ['{+', '+}'] } as const;
	return `${kind}: ${parts.map(({ op, text: words }) => marks[op][0] + words + marks[op][1]).join('')}`;
}
const compared = (a: Block[], b: Block[]) => compareBlocks(a, b).map(shown);

describe('compareBlocks', () => {
	test('shows whole words, not letters', () => {
		expect(
			compared(
				text(['a', 'Owners shall keep 1,500 trees.']),
				text(['a', 'Owners must keep 2,500 trees.'])
			)
		).toEqual(['changed: Owners [-shall-]{+must+} keep [-1,500-]{+2,500+} trees.']);
	});

	test('shows readable spans, not confetti', () => {
		const before = text(['a', 'The owner of a site pays for the works in full.']);
		const after = text(['a', 'Any holder of some land settles with the city in part.']);
		const [change] = compareBlocks(before, after);
		expect(change!.parts.filter(({ op }) => op === 'equal').length).toBeLessThanOrEqual(3);
	});

	test('pairs clauses by id, else by likeness', () => {
		const before = text(['a', 'One stands first here.'], ['b', 'Two will be gone.']);
		const after = text(['n', 'A new beginning for all.'], ['x', 'One stands first there.']);
		expect(compared(before, after)).toEqual([
			'added: {+A new beginning for all.+}',
			'changed: One stands first [-here-]{+there+}.',
			'removed: [-Two will be gone.-]'
		]);
		const renamed = text(['b', 'Quite other words.'], ['a', 'One stands first here.']);
		expect(
			compareBlocks(before, renamed).map(({ before: was, after: is }) => [was?.id, is?.id])
		).toContainEqual(['b', 'b']);
	});

	test('a clause that stands elsewhere moved', () => {
		const lines = [
			'First clause with its words.',
			'Second clause has other ones.',
			'Third of them closes it all.'
		];
		const moved = [lines[2]!, lines[0]!, lines[1]!];
		const kinds = compareBlocks(
			text(...lines.map((words, at): [string, string] => [`a${at}`, words])),
			text(...moved.map((words, at): [string, string] => [`b${at}`, words]))
		);
		expect(kinds.map(({ kind, after }) => [kind, after?.spans])).toEqual([
			['moved', [{ text: lines[2], marks: {} }]],
			['same', [{ text: lines[0], marks: {} }]],
			['same', [{ text: lines[1], marks: {} }]]
		]);
	});

	test('another kind of block with the same words is restyled', () => {
		const [change] = compareBlocks(
			text(['a', 'Aims']),
			text(['a', 'Aims', { type: 'heading', level: 2 }])
		);
		expect(change).toMatchObject({ kind: 'same', restyled: true });
	});
});

test.each(['alike', 'unlike', 'shuffled'])(
	'two texts of 50,000 words, %s, compare in bounded time',
	(how) => {
		const word = (at: number, salt: number) => `w${((at + 1) * 7919 * salt + at * at) % 5003}`;
		const words = Array.from({ length: 50_000 }, (_, at) => word(at, 1));
		const others = words.map((one, at) =>
			how === 'unlike' ? `x${word(at, 3)}` : how === 'alike' && at % 4 === 0 ? `y${one}` : one
		);
		if (how === 'shuffled') others.sort((a, b) => (a < b ? -1 : 1));
		const cut = (all: string[], id: string): Block[] =>
			text(
				...Array.from({ length: 1_000 }, (_, at): [string, string] => [
					`${id}${at}`,
					all.slice(at * 50, at * 50 + 50).join(' ')
				])
			);
		const began = process.cpuUsage();
		compareBlocks(text(['a', words.join(' ')]), text(['a', others.join(' ')]));
		compareBlocks(cut(words, 'a'), cut(others, 'b'));
		expect(process.cpuUsage(began).user / 1e6).toBeLessThan(4);
	},
	60_000
);
