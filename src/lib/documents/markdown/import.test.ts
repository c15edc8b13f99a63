import fc from 'fast-check';
import { toString } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { Invalid } from '#lib/errors.ts';
import { plainText, readBlocks } from '#lib/documents/text/blocks.ts';
import { importMarkdown } from './import.ts';
import { parse } from './parse.ts';

/** Each block as `type[level] words`, with embeds in braces. */
function read(source: string): string[] {
	return readBlocks(importMarkdown(source).delta).map(({ attrs, spans }) => {
		const level = 'level' in attrs ? attrs.level : '';
		const text = spans
			.map((span) => ('text' in span ? span.text : `{${span.embed.type}}`))
			.join('');
		return `${attrs.type}${level} ${text}`;
	});
}

const codes = (source: string) => importMarkdown(source).problems.map(({ code }) => code);

describe('structure', () => {
	test('lists keep their levels; further paragraphs stay in their item', () => {
		expect(read('- a\n\n  more\n  - b\n    1. c\n- d')).toEqual([
			'item1 a{break}{break}more',
			'item2 b',
			'item3 c',
			'item1 d'
		]);
	});

	test('text after a sub-list stands as a paragraph', () => {
		expect(read('- a\n  - b\n\n  after')).toEqual(['item1 a', 'item2 b', 'paragraph after']);
	});

	test('footnotes of Markdown and of HTML become the same', () => {
		const markdown = read('Word[^x] on.\n\n[^x]: Body *here*.\n\n    More.');
		expect(markdown).toEqual(['paragraph Word{note} on.', 'note Body here.', 'note More.']);
		const html = read(
			'Word<sup id="r1"><a href="#f1">1</a></sup> on.\n\n<ul>\n<li id="f1"><sup>1</sup> Body <a href="#r1">↩</a></li>\n</ul>'
		);
		expect(html).toEqual(['paragraph Word{note} on.', 'note Body']);
	});

	test('tables become cells, HTML tables too, and a cell stays one block', () => {
		const cells = (source: string) =>
			readBlocks(importMarkdown(source).delta).map(
				({ attrs, ...block }) =>
					`${attrs.type === 'cell' && attrs.head ? 'head' : 'cell'} ${plainText(block)}`
			);
		expect(cells('| a | b |\n| - | - |\n| c | |')).toEqual(['head a', 'head b', 'cell c', 'cell ']);
		expect(cells('<table><tr><th>a<td><p>b</p><p>c</p></table>')).toEqual(['head a', 'cell b\nc']);
	});

	test('code keeps its lines, quotes their paragraphs, rules and breaks are embeds', () => {
		expect(read('```\na\n\n  b\n```\n\n> q\n>\n> r\n\n---\n\nx  \ny<br>z')).toEqual([
			'code a',
			'code ',
			'code   b',
			'quote q',
			'quote r',
			'paragraph {rule}',
			'paragraph x{break}y{break}z'
		]);
	});

	test('a link by reference is found wherever it is defined', () => {
		const filler = 'Words of a long text.\n\n'.repeat(400);
		const { delta } = importMarkdown(`[here][far]\n\n${filler}[far]: https://far.example/`);
		expect(delta[0]).toEqual({ insert: 'here', attributes: { link: 'https://far.example/' } });
	});
});

describe('HTML', () => {
	test('is mapped where it means something, else its words stay and it is reported', () => {
		expect(read('<center>One <blink>two</blink></center>\n\n<h2>Three</h2>')).toEqual([
			'paragraph One two',
			'heading2 Three'
		]);
		expect(codes('<center>One <blink>two</blink></center>')).toEqual([
			'html_ignored',
			'html_ignored'
		]);
		expect(importMarkdown('a\n\n<blink>b</blink>').problems).toEqual([
			{ code: 'html_ignored', params: { tag: 'blink' }, line: 3 }
		]);
	});

	test('scripts, styles and comments are left out and reported', () => {
		const source = 'a <!-- no --> b\n\n<script>alert("x")</script>\n\n<style>p {}</style>\n\nc';
		expect(read(source)).toEqual(['paragraph a  b', 'paragraph c']);
		expect(codes(source)).toEqual(['html_dropped', 'html_dropped', 'html_dropped']);
	});

	test('a script that is never closed is words', () => {
		expect(read('a <script>b\n\nc')).toEqual(['paragraph a b', 'paragraph c']);
		expect(read('<div unfinished words')).toEqual(['paragraph <div unfinished words']);
	});

	test('pictures become their words; addresses we do not follow are reported', () => {
		const { delta, problems } = importMarkdown(
			'![A map](https://m.example/a.png) [x](javascript:alert(1))'
		);
		expect(delta[0]).toEqual({ insert: 'A map', attributes: { link: 'https://m.example/a.png' } });
		expect(delta.slice(1, -1)).toEqual([{ insert: ' x' }]);
		expect(problems.map(({ code }) => code)).toEqual(['image_as_text', 'link_dropped']);
	});
});

describe('refusals', () => {
	const refusal = (work: () => unknown) => {
		try {
			work();
		} catch (error) {
			expect(error).toBeInstanceOf(Invalid);
			return (error as Invalid).code;
		}
		return null;
	};

	test('too large, binary, empty', () => {
		expect(refusal(() => importMarkdown(new Uint8Array(5_000_000)))).toBe('import_too_large');
		expect(refusal(() => importMarkdown('four', { limit: 4 }))).toBe('import_too_large');
		expect(refusal(() => importMarkdown('a\0b'))).toBe('import_binary');
		expect(refusal(() => importMarkdown(new Uint8Array([0xff, 0xfe, 0x41])))).toBe('import_binary');
		for (const nothing of ['', ' \n\t ', '\uFEFF', '<!-- x -->', '<div></div>']) {
			expect(
				refusal(() => importMarkdown(nothing)),
				nothing
			).toBe('import_empty');
		}
	});
});

const BOMBS = [
	'>',
	'> ',
	'<div>',
	'[',
	'*',
	'- ',
	'1. ',
	'*a ',
	'a*b*',
	'![',
	'`a',
	'<b></i>',
	'<ul><li>',
	'<table><tr><td>',
	'<script>',
	'[^a]',
	'- a\n  - b\n',
	'a\n=\n',
	'<!--',
	'\\',
	'&#1;',
	'# a\n',
	'[a](',
	'<a href="#x"><sup>1</sup></a>'
];

test.each(BOMBS)(
	'100,000 × %j is refused or flattened in bounded time',
	(bomb) => {
		const began = process.cpuUsage();
		try {
			importMarkdown(bomb.repeat(100_000));
		} catch (error) {
			expect(error).toBeInstanceOf(Invalid);
		}
		// Alone on a quiet machine the slowest takes about a second; unguarded they take minutes.
		expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
	},
	60_000
);

describe('whatever comes', () => {
	const markup = fc.constantFrom(
		...'# > - * _ ** ` ``` ~~ [ ] ( ) ! | <b> </b> <li> </ul> <td> </table> <p> <pre> </pre> &amp; \\ [^1] [^1]: 1. :'.split(
			' '
		),
		'\n',
		'\n\n',
		'  ',
		'\t',
		'word',
		'zwei',
		'<table>',
		'<sup><a href="#f">1</a></sup>',
		'<li id="f">'
	);
	const source = fc.oneof(
		fc.array(markup, { maxLength: 40 }).map((parts) => parts.join('')),
		fc.string({ unit: 'binary', maxLength: 60 })
	);
	const imported = (text: string) => {
		try {
			return readBlocks(importMarkdown(text).delta);
		} catch (error) {
			expect(error).toBeInstanceOf(Invalid);
			return null;
		}
	};

	test('it is read or refused, and its words are kept in order', () => {
		fc.assert(
			fc.property(source, (text) => {
				const blocks = imported(text);
				if (!blocks) return;
				const there =
					blocks
						.map(plainText)
						.join('\n')
						.match(/word|zwei/g) ?? [];
				// What Markdown itself counts as text, HTML left out.
				const meant = toString(parse(text), { includeHtml: false, includeImageAlt: false });
				const wanted = meant.match(/word|zwei/g) ?? [];
				let at = 0;
				for (const word of there) if (word === wanted[at]) at++;
				expect(at, text).toBe(wanted.length);
			}),
			{ numRuns: 2_000 }
		);
	}, 60_000);
});
