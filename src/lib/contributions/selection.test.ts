// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { blockWords, selectedWords, wordsBetween } from './selection.ts';

const PAGE = `
<div data-block="a" data-from="0"><span data-skip>1 </span>The <em>shaded</em> stop<sup data-embed><a href="#n">3</a></sup> is public.</div>
<div data-block="b" data-from="28">Street vendors may trade.<span data-skip>Comment</span></div>`;

let text: HTMLElement;
beforeEach(() => {
	document.body.innerHTML = `<p>outside</p><main>${PAGE}</main>`;
	text = document.querySelector('main')!;
});

/** Selects from the given place in the nth text node to another, as a mouse would. */
function select(from: [string, number], to: [string, number]) {
	const node = (words: string): Text => {
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let at = walk.nextNode(); at; at = walk.nextNode())
			if ((at as Text).data.includes(words)) return at as Text;
		throw new Error(`no text ${words}`);
	};
	const selection = getSelection()!;
	selection.removeAllRanges();
	const range = document.createRange();
	range.setStart(node(from[0]), from[1]);
	range.setEnd(node(to[0]), to[1]);
	selection.addRange(range);
	return selectedWords(selection, text);
}

describe('a selection on the page', () => {
	test('counts characters of the body only, marks included, clause numbers not', () => {
		expect(select(['shaded', 0], ['stop', 5])).toEqual({
			from: 4,
			to: 15,
			quote: 'shaded stop',
			prefix: 'The ',
			suffix: '\uFFFC is public.',
			blockId: 'a'
		});
	});

	test('an embed counts one, and the edges are trimmed', () => {
		const found = select(['stop', 1], ['public', 10]);
		expect(found).toMatchObject({ from: 11, to: 26, quote: 'stop\uFFFC is public' });
	});

	test('across blocks the line-end is one character', () => {
		const found = select(['public', 4], ['Street', 14]);
		expect(found).toMatchObject({ from: 20, quote: 'public.\nStreet vendors', to: 42 });
	});

	test('nothing, blanks, and words outside the text are no selection', () => {
		expect(select(['Street', 3], ['Street', 3])).toBeNull();
		expect(select(['Street', 6], ['Street', 7])).toBeNull();
		expect(select(['outside', 0], ['outside', 7])).toBeNull();
		expect(select(['Comment', 0], ['Comment', 7])).toBeNull();
	});
});

describe('characters picked in a block', () => {
	const block = () => text.querySelector<HTMLElement>('[data-block=a]')!;

	test('are the same words as a selection of them', () => {
		const words = blockWords(block());
		expect(words).toBe('The shaded stop\uFFFC is public.');
		const start = words.indexOf('shaded');
		const picked = wordsBetween(block(), start, start + 'shaded stop'.length);
		expect(picked).toEqual(select(['shaded', 0], ['stop', 5]));
	});

	test('none, or only blanks, are no words', () => {
		expect(wordsBetween(block(), 4, 4)).toBeNull();
		expect(wordsBetween(block(), 3, 4)).toBeNull();
	});
});
