import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalText, contentHash } from './hash.ts';
import { anyBlocks } from './markdown/roundtrip.testing.ts';
import { type Block, readBlocks, toDelta } from './text/blocks.ts';

const one = (spans: Block['spans'], attrs: Block['attrs'] = { id: 'a', type: 'paragraph' }) =>
	readBlocks(toDelta([{ attrs, spans }]));

test('is SHA-256 of the documented form, the same everywhere', async () => {
	const blocks = one([
		{ text: 'Be ', marks: {} },
		{ text: 'cool', marks: { strong: true, link: 'https://a.example/' } }
	]);
	const form =
		'folkmoot-text 1\n["paragraph",[],[["Be ",[]],["cool",["strong",["link","https://a.example/"]]]]]\n';
	expect(canonicalText(blocks)).toBe(form);
	expect(await contentHash(blocks)).toBe(createHash('sha256').update(form).digest('hex'));
});

test('covers words, marks and structure', async () => {
	const plain = one([{ text: 'a', marks: {} }]);
	const others = [
		one([{ text: 'b', marks: {} }]),
		one([{ text: 'a', marks: { em: true } }]),
		one([{ text: 'a', marks: {} }], { id: 'a', type: 'heading', level: 1 }),
		one([
			{ text: 'a', marks: {} },
			{ embed: { type: 'break' }, marks: {} }
		]),
		[...plain, ...plain]
	];
	const hashes = await Promise.all([plain, ...others].map(contentHash));
	expect(new Set(hashes).size).toBe(hashes.length);
});

test('does not cover ids, nor how spans are cut', async () => {
	await fc.assert(
		fc.asyncProperty(anyBlocks, async (blocks) => {
			const renamed = blocks.map((block) => ({
				attrs: rename(block.attrs),
				spans: block.spans.flatMap((span): Block['spans'] => {
					if ('embed' in span) {
						const note = span.embed.type === 'note' && {
							...span.embed,
							note: `x${span.embed.note}`
						};
						return [note ? { ...span, embed: note } : span];
					}
					return Array.from({ length: span.text.length }, (_, at) => ({
						...span,
						text: span.text[at]!
					}));
				})
			}));
			// A character outside the basic plane cut in two is another text.
			fc.pre(
				blocks.every(({ spans }) =>
					spans.every((span) => !('text' in span) || !/[\ud800-\udfff]/.test(span.text))
				)
			);
			expect(await contentHash(renamed)).toBe(await contentHash(blocks));
		}),
		{ numRuns: 200 }
	);
});

function rename(attrs: Block['attrs']): Block['attrs'] {
	if (attrs.type === 'note') return { ...attrs, id: 'y', note: `x${attrs.note}` };
	if (attrs.type === 'cell') {
		return { ...attrs, id: 'y', table: `x${attrs.table}`, row: `x${attrs.row}` };
	}
	return { ...attrs, id: 'y' };
}
