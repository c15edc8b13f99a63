import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalText } from '#lib/documents/hash.ts';
import { readBlocks } from '#lib/documents/text/blocks.ts';
import { exportMarkdown } from './export.ts';
import { importMarkdown } from './import.ts';
import { anyBlocks } from './roundtrip.testing.ts';

describe('a text written as Markdown', () => {
	test('reads back as the same text', () => {
		fc.assert(
			fc.property(anyBlocks, (blocks) => {
				const written = exportMarkdown(blocks);
				// A file of nothing but white space is refused as empty, by design.
				fc.pre(written.trim() !== '');
				const back = readBlocks(importMarkdown(written).delta);
				expect(canonicalText(back), written).toBe(canonicalText(blocks));
			}),
			{ numRuns: 600 }
		);
	}, 60_000);
});
