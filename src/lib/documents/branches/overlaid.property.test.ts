import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../render/html.ts';
import type { Block } from '../text/blocks.ts';
import { alignedText, readBlocks } from '../text/blocks.ts';
import { openBody } from '../text/body.ts';
import { mergeBranches } from './accept.ts';
import { openFork } from './branch.ts';
import { acceptedText, overlaid, together } from './overlaid.ts';
import { aScene, mustEqual, play, type Scene } from './scenes.testing.ts';
import { readShown } from './shown.ts';

/** A scene as pages have it: the text, the suggestions on it, and which of them stand together. */
function shown(scene: Scene) {
	const { main, branches } = play(scene);
	const text = readBlocks(openBody(openFork(main)));
	const { blocks, overlaps } = readShown(main, branches);
	const others = (id: string) =>
		overlaps.flatMap(({ a, b }) => (a === id ? [b] : b === id ? [a] : []));
	const chosen = together(
		branches.map(({ id }) => id),
		others
	);
	return { main, branches, text, blocks, chosen };
}

function flat(blocks: Block[]): string {
	return blocks.map((block) => `${alignedText(block)}\n`).join('');
}

describe('a text with suggestions in place', () => {
	it('B1: without the foreign words it is the living text, and every place in it is found again', () => {
		fc.assert(
			fc.property(aScene, (scene) => {
				const { text, blocks, chosen } = shown(scene);
				const laid = overlaid(text, blocks, { chosen: (id) => chosen.has(id), nameOf: (id) => id });
				const [before, now] = [flat(text), flat(laid.blocks)];
				const foreign = laid.marks.filter((mark) => mark.foreign);
				expect(strip(now, foreign)).toBe(before);
				for (let at = 0; at < before.length; at++) {
					const { from, to } = laid.placed({ from: at, to: at + 1 });
					expect(now.slice(from, to)).toBe(before[at]);
				}
				for (const block of text) expect(laid.origins.get(block.id)).toBe(block.from);
			}),
			{ numRuns: 500 }
		);
	});

	it('B1: as if accepted, it reads as accepting makes it', () => {
		fc.assert(
			fc.property(aScene, (scene) => {
				const { main, branches, text, blocks, chosen } = shown(scene);
				const taken = branches.filter(({ id }) => chosen.has(id));
				const merged = mergeBranches(main, taken).blocks;
				const read = acceptedText(text, blocks, (id) => chosen.has(id));
				const words = ({ attrs, spans }: Block) => ({ attrs, spans });
				mustEqual(read.map(words), merged.map(words));
			}),
			{ numRuns: 500 }
		);
	});

	it('is drawn with whose words they are, and the places of the living text', () => {
		fc.assert(
			fc.property(aScene, (scene) => {
				const { text, blocks, chosen } = shown(scene);
				const laid = overlaid(text, blocks, {
					chosen: (id) => chosen.has(id),
					nameOf: (id) => `c${id}`
				});
				const html = renderHtml(laid.blocks, laid);
				for (const put of html.match(/<ins[^>]*>/g) ?? []) {
					expect(put).toMatch(/data-suggestions="c[\w ]+" data-skip/);
				}
				const starts = [...html.matchAll(/data-from="(\d+)"/g)].map(([, at]) => Number(at));
				expect(starts.every((at) => text.some((block) => block.from === at))).toBe(true);
			}),
			{ numRuns: 200 }
		);
	});
});

function strip(text: string, marks: Array<{ from: number; to: number }>): string {
	let left = text;
	for (const { from, to } of marks.toSorted((a, b) => b.from - a.from)) {
		left = left.slice(0, from) + left.slice(to);
	}
	return left;
}
