import fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import { describe, expect, test } from 'vitest';
import { importMarkdown } from '#lib/documents/markdown/import.ts';
import { anyBlocks } from '#lib/documents/markdown/roundtrip.testing.ts';
import { alignedText, type Block, type Delta, readBlocks } from '#lib/documents/text/blocks.ts';
import { renderBlocks, renderHtml } from './html.ts';
import { renderPlain } from './plain.ts';
import { elementsOf, textShown } from './render.testing.ts';

const read = (source: string) => readBlocks(importMarkdown(source).delta);
const bare = (html: string) =>
	html
		.replace(/ (?:id|data-block|data-from|class|tabindex|role)="[^"]*"/g, '')
		.replace(/ data-skip/g, '');

describe('structure', () => {
	test('lists nest in their items, also over a jump of levels', () => {
		const nested = bare(renderHtml(read('- a\n  1. b\n- c')));
		expect(nested).toBe('<ul><li><p>a</p><ol><li><p>b</p></li></ol></li><li><p>c</p></li></ul>');
		expect(bare(renderHtml(read('- - a')))).toBe('<ul><li><ul><li><p>a</p></li></ul></li></ul>');
	});

	test('headings begin at h2 and skip no level', () => {
		const html = renderHtml(read('### A\n\n##### B\n\n###### C\n\n#### D\n\n# E'));
		expect(Array.from(html.matchAll(/<h(\d)/g), ([, level]) => level)).toEqual(
			['4', '5', '6', '5', '2'].map((_, at) => ['2', '3', '4', '3', '2'][at])
		);
	});

	test('clauses have numbers that link to them', () => {
		const delta: Delta = [
			{ insert: 'Aims' },
			{ insert: '\n', attributes: { block: { id: 'h', type: 'heading', level: 2 } } },
			{ insert: 'Keep cool.' },
			{ insert: '\n', attributes: { block: { id: 'c', type: 'clause', level: 1 } } }
		];
		expect(renderHtml(readBlocks(delta))).toContain(
			'<p class="block clause" id="b-c" data-block="c" data-from="5" data-level="1">' +
				'<a class="number clause-number" href="#b-c" data-skip>1.1 </a>Keep cool.</p>'
		);
	});

	test('tables have a head, code is one piece, quotes stand together', () => {
		expect(bare(renderHtml(read('| a | b |\n| - | - |\n| c | d |')))).toBe(
			'<div><table><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table></div>'
		);
		expect(bare(renderHtml(read('```\na\nb\n```\n\n> c\n>\n> d')))).toBe(
			'<pre><code><span>a</span>\n<span>b</span></code></pre>\n<blockquote><p>c</p><p>d</p></blockquote>'
		);
	});

	test('footnotes are numbered by their first use, listed at the end and linked both ways', () => {
		const html = renderHtml(read('A[^x] b[^y] c[^x]\n\n[^y]: Why\n\n[^x]: Ex'), {
			labels: { back: 'Back to' }
		});
		expect(Array.from(html.matchAll(/<sup[^>]*><a[^>]*>(\d)/g), ([, number]) => number)).toEqual([
			'1',
			'2',
			'1'
		]);
		expect(html.indexOf('Ex<')).toBeLessThan(html.indexOf('Why<'));
		const ids = new Set(Array.from(html.matchAll(/ id="([^"]*)"/g), ([, id]) => id));
		const targets = Array.from(html.matchAll(/ href="#([^"]*)"/g), ([, id]) => id);
		expect(targets).toHaveLength(6);
		for (const target of targets) expect(ids).toContain(target);
		expect(html).toContain('aria-label="Back to 1.2"');
	});

	test('plain words keep numbers, lists and footnotes', () => {
		expect(renderPlain(read('# T\n\nOne[^a]\n\n- a\n  1. b\n\n[^a]: Note'))).toBe(
			'T\n\nOne[1]\n\n- a\n  1. b\n\n[1] Note\n'
		);
	});
});

describe('painting', () => {
	const blocks = read('One **two** [three four](https://x.example) five\n\nnext');

	test('marks cross bold words, links and blocks, and may overlap', () => {
		const html = renderHtml(blocks, {
			marks: [
				{ from: 2, to: 11, kind: 'annotation', id: 'a' },
				{ from: 6, to: 27, kind: 'annotation', id: 'b', status: 'changed' }
			]
		});
		expect(bare(html)).toContain(
			'On<mark data-annotations="a">e <strong>tw</strong></mark>' +
				'<mark data-annotations="a b" data-status="changed"><strong>o</strong> </mark>' +
				'<a href="https://x.example" rel="nofollow noopener"><mark data-annotations="a b" data-status="changed">thr</mark>' +
				'<mark data-annotations="b" data-status="changed">ee four</mark></a>'
		);
		expect(bare(html)).toContain('<mark data-annotations="b" data-status="changed">nex</mark>t');
	});

	test('painting changes no text', () => {
		const mark = fc.record({
			from: fc.nat({ max: 80 }),
			to: fc.nat({ max: 80 }),
			kind: fc.constantFrom('annotation' as const, 'insertion' as const, 'deletion' as const),
			id: fc.constantFrom('a', 'b')
		});
		fc.assert(
			fc.property(anyBlocks, fc.array(mark, { maxLength: 6 }), (any, marks) => {
				const [plain, painted] = [renderHtml(any), renderHtml(any, { marks })];
				expect(painted.replace(/<\/?(?:mark|ins|del)\b[^>]*>/g, '').length).toBeGreaterThanOrEqual(
					plain.length
				);
				expect(textShown(painted)).toEqual(textShown(plain));
			}),
			{ numRuns: 300 }
		);
	});
});

describe('pieces', () => {
	test('are named by their first block; the hash stays when a piece only moves', () => {
		const before = renderBlocks(read('One\n\nTwo\n\n- a\n- b'));
		const blocks = read('One\n\nTwo\n\n- a\n- b');
		const moved = blocks.map((block) => ({ ...block, from: block.from + 5, to: block.to + 5 }));
		expect(before).toHaveLength(3);
		const [still, away] = [renderBlocks(blocks), renderBlocks(moved)];
		expect(away.map(({ hash }) => hash)).toEqual(still.map(({ hash }) => hash));
		expect(away[1]!.from).toBe(still[1]!.from + 5);
		expect(still[2]!.id).toBe(blocks[2]!.id);
	});

	test('every block is one element that gives back its words and its place', () => {
		fc.assert(
			fc.property(anyBlocks, (blocks) => {
				const html = renderHtml(blocks);
				const shown = textShown(html);
				for (const block of blocks) {
					expect(shown.get(block.id)).toEqual({ from: block.from, text: alignedText(block) });
				}
				expect(shown.size).toBe(blocks.length);
				// What a browser makes of it is what was written: nothing was nested wrongly.
				expect(elementsOf(serialize(parseFragment(html)))).toEqual(elementsOf(html));
			}),
			{ numRuns: 500 }
		);
	}, 60_000);
});

const HOSTILE = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'javascript:alert(1)',
	'JaVaScRiPt:alert(1)',
	'data:text/html,<script>alert(1)</script>',
	'/\t/evil.example',
	'//evil.example',
	'https://a.example/" onclick="alert(1)',
	'</p></div></script><svg onload=alert(1)>',
	'<!--',
	'&lt;script&gt;',
	'{{constructor.constructor("alert(1)")()}}',
	'\u2028\u0000\uFFFF<b>'
];

test.each(HOSTILE)('hostile %j stays text wherever it stands', (evil) => {
	const block = (value: object) => ({ insert: '\n', attributes: { block: value } });
	const delta: Delta = [
		{ insert: evil, attributes: { link: evil, strong: true } },
		{ insert: { type: 'note', note: evil } },
		{ insert: { type: evil, note: evil, html: evil } },
		block({ id: evil, type: 'clause', level: evil }),
		{ insert: evil },
		block({ id: 'c1', type: 'cell', table: evil, row: evil, head: true }),
		{ insert: evil },
		block({ id: 'c2', type: 'cell', table: 't', row: 'r' }),
		{ insert: evil },
		block({ id: 'n', type: 'note', note: evil }),
		{ insert: evil },
		block({ id: evil, type: evil })
	];
	// Also what no reader would let through: a renderer must not lean on it.
	const raw: Block[] = [
		{
			id: evil,
			attrs: { id: evil, type: 'note', note: evil },
			spans: [{ text: evil, marks: { link: evil } }],
			from: 0,
			to: 1
		},
		{
			id: 'p',
			attrs: { id: 'p', type: 'paragraph' },
			spans: [{ embed: { type: 'note', note: evil }, marks: {} }],
			from: 2,
			to: 3
		}
	];
	const marks = [{ from: 0, to: 3, kind: 'annotation' as const, id: evil, status: evil }];
	const html =
		renderHtml(readBlocks(delta), { marks }) +
		renderHtml(raw, { marks, prefix: 'x', labels: { back: evil, notes: evil } });
	const allowed = new Set(
		'h2 h3 p a mark ins del strong em code sup sub br hr span div table thead tbody tr th td ul ol li section blockquote pre'.split(
			' '
		)
	);
	for (const { tag, attributes } of elementsOf(html)) {
		expect(allowed, tag).toContain(tag);
		for (const [name, value] of attributes) {
			expect(name).toMatch(
				/^(class|id|href|rel|role|scope|value|tabindex|aria-label|data-(block|from|level|embed|skip|annotations|status))$/
			);
			if (name === 'href') expect(value).toMatch(/^(https?:\/\/[^/]|mailto:|#|\/(?![/\\]))/);
		}
	}
});
