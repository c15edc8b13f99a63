import { describe, expect, test } from 'vitest';
import { importMarkdown } from '#lib/documents/markdown/import.ts';
import { policies } from '#lib/documents/markdown/policies.testing.ts';
import { alignedText, readBlocks } from '#lib/documents/text/blocks.ts';
import { sentencesOf } from './anchor-sentences.ts';
import { reanchor } from './reanchor.ts';

const read = (source: string) => readBlocks(importMarkdown(source).delta);

/** Comparable words, by means that share nothing with the anchors' own. */
const squeezed = (text: string) =>
	text
		.replace(/[“”]/g, '"')
		.replace(/[‘’]/g, "'")
		.replace(/\uFFFC/g, '')
		.replace(/\s+/g, ' ')
		.trim();

describe('sentences', () => {
	const sentences = (source: string) => {
		const blocks = read(source);
		const flat = blocks.map((block) => `${alignedText(block)}\n`).join('');
		return sentencesOf(blocks).map(({ from, to }) => flat.slice(from, to));
	};

	test('end at stops, not at abbreviations, initials, numbers or list signs', () => {
		expect(
			sentences('See Art. 5 of the U.S. Code, e.g. No. 3. Then J. Doe came! “Really?” Yes.')
		).toEqual([
			'See Art. 5 of the U.S. Code, e.g. No. 3.',
			'Then J. Doe came!',
			'“Really?”',
			'Yes.'
		]);
		expect(sentences('## 1. Aims\n\n1. First; second.\n2. It costs 3.5 million. Done.')).toEqual([
			'1. Aims',
			'First; second.',
			'It costs 3.5 million.',
			'Done.'
		]);
	});

	test('a footnote number belongs to neither neighbour', () => {
		expect(sentences('One.[^1] Two.[^1]\n\n[^1]: Note. More.')).toEqual([
			'One.',
			'Two.',
			'Note.',
			'More.'
		]);
	});
});

test('equal sentences are told apart by the order of all', () => {
	const before = read(
		'# A\n\nOne is here.\n\n## Notes\n\nTwo is here.\n\n## Notes\n\nThree is here.'
	);
	const after = read(
		'# A\n\nOther words stand.\n\n## Notes\n\nTwo is here.\n\n## Notes\n\nElse it ends.'
	);
	const notes = reanchor(before, after).filter(({ anchor }) => anchor.quote === 'Notes');
	expect(notes.map(({ place }) => place.status)).toEqual(['exact', 'exact']);
	expect(notes[0]!.place.from).toBeLessThan(notes[1]!.place.from);
});

describe.skipIf(!policies)('the real policy, from draft to final', () => {
	const draft = read(policies?.draft ?? 'none');
	const final = read(policies?.final ?? 'none');
	const results = reanchor(draft, final);
	const finalText = squeezed(final.map((block) => alignedText(block)).join('\n'));

	test('every sentence that survives is found, as exact', () => {
		const surviving = results.filter(({ anchor }) => {
			const words = squeezed(anchor.quote).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
			return new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'u').test(finalText);
		});
		const found = surviving.filter(({ place }) => place.status === 'exact');
		console.info(
			`Draft to final: ${found.length} of ${surviving.length} surviving sentences found, of ${results.length}.`
		);
		expect(surviving.length).toBeGreaterThan(30);
		expect(
			surviving.filter(({ place }) => place.status !== 'exact').map(({ anchor }) => anchor.quote)
		).toEqual([]);
	});

	test('no sentence lands on another one unmarked', () => {
		for (const { anchor, place } of results) {
			if (place.status === 'exact') expect(squeezed(place.found)).toBe(squeezed(anchor.quote));
			if (place.status === 'orphaned') expect(place.found).toBe('');
		}
	});

	test('in the same text every sentence is where it was', () => {
		const places = reanchor(draft, read(policies!.draft));
		const sentences = sentencesOf(draft);
		places.forEach(({ place }, at) => {
			expect(place).toMatchObject({ status: 'exact', ...sentences[at] });
		});
	});
});
