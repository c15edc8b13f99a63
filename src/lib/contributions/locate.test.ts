import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBlocks, type Delta } from '#lib/documents/text/blocks.ts';
import {
	blockAt,
	flatText,
	locateBlock,
	locateInBlock,
	locateSelected,
	QUOTE_MAX
} from './locate.ts';

const line = (id: string, text: string): Delta => [
	{ insert: text },
	{ insert: '\n', attributes: { block: { id, type: 'paragraph' } } }
];
const blocks = readBlocks([
	...line('a', 'the cat and the dog'),
	...line('b', 'the cow '),
	{ insert: 'near' },
	{ insert: { type: 'note', note: 'n1' } },
	...line('c', ' the cat')
]);
const text = flatText(blocks);
const seen = (quote: string, from: number, prefix = '', suffix = '') => ({
	from,
	to: from + quote.length,
	quote,
	prefix,
	suffix
});

describe('finding what a reader selected (C8)', () => {
	test('where they were', () => {
		expect(locateSelected(blocks, seen('the dog', 12))).toEqual({ from: 12, to: 19 });
		expect(locateSelected(blocks, seen(' dog\n', 15))).toEqual({ from: 16, to: 19 });
	});

	test('else where the surroundings fit, else the nearest', () => {
		const second = text.lastIndexOf('the cat');
		expect(locateSelected(blocks, seen('the cat', 3, '', '\n')).from).toBe(second);
		expect(locateSelected(blocks, seen('the cat', 30)).from).toBe(second);
		expect(locateSelected(blocks, seen('the cat', 5)).from).toBe(0);
	});

	test('nowhere is a conflict; no words and too many are invalid', () => {
		expect(() => locateSelected(blocks, seen('a horse', 0))).toThrow(
			expect.objectContaining({ kind: 'Conflict', code: 'annotation_words_gone' })
		);
		expect(() => locateSelected(blocks, seen(' \n', 0))).toThrow(
			expect.objectContaining({ code: 'annotation_no_words' })
		);
		expect(() => locateSelected(blocks, seen('x'.repeat(QUOTE_MAX + 1), 0))).toThrow(
			expect.objectContaining({ code: 'annotation_too_much' })
		);
	});

	test('any words of any text are found again where they are', () => {
		fc.assert(
			fc.property(
				fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1 }),
				fc.nat(),
				fc.nat(),
				(lines, a, b) => {
					const some = readBlocks(
						lines.flatMap((words, at) => line(`l${at}`, words.replaceAll('\n', '')))
					);
					const flat = flatText(some);
					const [from, to] = [a % flat.length, b % (flat.length + 1)].sort((x, y) => x - y) as [
						number,
						number
					];
					const quote = flat.slice(from, to);
					if (quote.trim() === '') return;
					const found = locateSelected(some, seen(quote, from));
					expect(flat.slice(found.from, found.to)).toBe(quote.trim());
					expect(found.from).toBe(from + quote.indexOf(quote.trim()));
				}
			)
		);
	});
});

describe('a whole block, or words of one', () => {
	test('the words without blank edges', () => {
		const at = locateBlock(blocks, 'b');
		expect(text.slice(at.from, at.to)).toBe('the cow');
		expect(() => locateBlock(blocks, 'z')).toThrow(
			expect.objectContaining({ code: 'annotation_block_gone' })
		);
	});

	test('words copied from the page are found across a footnote mark', () => {
		const at = locateInBlock(blocks, 'c', 'near the cat');
		expect(text.slice(at.from, at.to)).toBe('near\uFFFC the cat');
		expect(() => locateInBlock(blocks, 'c', 'the cow')).toThrow(
			expect.objectContaining({ code: 'quote_not_in_block' })
		);
	});

	test('every index belongs to the block that holds it', () => {
		for (const block of blocks) {
			for (let index = block.from; index <= block.to; index++) {
				expect(blockAt(blocks, index)?.id).toBe(block.id);
			}
		}
	});
});
