// @vitest-environment jsdom
import type { Slice } from 'prosemirror-model';
import { DOMSerializer } from 'prosemirror-model';
import { describe, expect, test } from 'vitest';
import { plainText } from '../text/blocks.ts';
import { blocksOf } from './convert.ts';
import { CopySerializer } from './copy.ts';
import { readHtml, readPlain } from './paste.ts';
import { schema } from './schema.ts';

function parse(html: string): Slice {
	const page = document.implementation.createHTMLDocument();
	page.body.innerHTML = html;
	return readHtml(page.body);
}

/** Blocks in short: type, level, words. */
function short(slice: Slice): string[] {
	return blocksOf(schema.node('doc', null, slice.content)).map((block) => {
		const level = 'level' in block.attrs ? block.attrs.level : '';
		const list = 'list' in block.attrs ? block.attrs.list[0] : '';
		return `${block.attrs.type}${list}${level} ${plainText(block)}`;
	});
}

function copied(slice: Slice): HTMLElement {
	const made = document.createElement('div');
	made.append(new CopySerializer().serializeFragment(slice.content, { document }));
	return made;
}

describe('pasting', () => {
	test('a web page keeps words and structure, and nothing that runs or loads', () => {
		const slice = parse(`
			<style>p { color: red }</style><script>alert(1)</script><!-- secret -->
			<h2 onclick="x()">Shade   for\n all</h2>
			<div><p style="position:fixed">Keep <b>cool</b>, <i>dear</i> <img src=x onerror=alert(1)>friends</p></div>
			<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>
			<ol><li>first</li></ol><blockquote><p>said</p></blockquote><pre>a\n  b</pre><hr>`);
		expect(short(slice)).toEqual([
			'heading2 Shade for all',
			'paragraph Keep cool, dear friends',
			'itemb1 one',
			'itemb2 two',
			'itemb1 three',
			'itemo1 first',
			'quote said',
			'code a',
			'code   b',
			'paragraph '
		]);
		expect(JSON.stringify(slice)).not.toMatch(/alert|color|secret|onclick/);
	});

	test('links lead only where it is safe', () => {
		const slice = parse(
			'<p><a href="javascript:alert(1)">a</a><a href="https://b.example">b</a><a href="//c">c</a></p>'
		);
		const [block] = blocksOf(schema.node('doc', null, slice.content));
		expect(block!.spans).toEqual([
			{ text: 'a', marks: {} },
			{ text: 'b', marks: { link: 'https://b.example' } },
			{ text: 'c', marks: {} }
		]);
	});

	test('Word’s lists become items with their level, without the typed markers', () => {
		const item = (level: number, marker: string, words: string) =>
			`<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span
			style='font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span
			style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>${words}<o:p></o:p></p>`;
		const slice = parse(
			`<html xmlns:o="urn:x"><head><title>Doc</title></head><body><!--StartFragment-->
			${item(1, '·', 'Trees')}${item(2, 'o', 'Oaks')}${item(1, '1.', 'Wells')}
			<p class=MsoNormal><b>End</b><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>`
		);
		expect(short(slice).slice(0, 3)).toEqual(['itemb1 Trees', 'itemb2 Oaks', 'itemo1 Wells']);
		expect(short(slice)[3]).toMatch(/^paragraph End/);
	});

	test('Google Docs’ wrapper is not bold, and its looks are marks', () => {
		const slice = parse(
			`<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span
			style="font-weight:400">plain </span><span style="font-weight:700">bold</span><span
			style="font-style:italic;vertical-align:super"> up</span></p></b>`
		);
		expect(blocksOf(schema.node('doc', null, slice.content))[0]!.spans).toEqual([
			{ text: 'plain ', marks: {} },
			{ text: 'bold', marks: { strong: true } },
			{ text: ' up', marks: { em: true, sup: true } }
		]);
	});

	test('a table becomes cells, with its lines inside them and empty cells kept', () => {
		const slice = parse(
			`<table><tr><th>Place</th><th></th></tr><tr><td><p>Square</p><p>Park</p></td><td>2</td></tr></table>`
		);
		const blocks = blocksOf(schema.node('doc', null, slice.content));
		expect(blocks.map(plainText)).toEqual(['Place', '', 'Square\nPark', '2']);
		const rows = blocks.map((block) => (block.attrs.type === 'cell' ? block.attrs.row : ''));
		expect([rows[0] === rows[1], rows[1] === rows[2], rows[2] === rows[3]]).toEqual([
			true,
			false,
			true
		]);
		expect(blocks[0]!.attrs).toMatchObject({ head: true });
	});

	test('plain text: a line is a paragraph, and in code every line counts', () => {
		expect(short(readPlain('a\r\n\r\nb', false))).toEqual(['paragraph a', 'paragraph b']);
		expect(short(readPlain('a\n\nb', true))).toEqual(['code a', 'code ', 'code b']);
	});
});

describe('copying', () => {
	const SAMPLE = `<h3>Title</h3><p>Some <strong>bold</strong> words<br>and more</p>
		<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul><p data-clause="2">clause</p>
		<table><tr><th>a</th></tr><tr><td>b</td></tr></table><pre>x\ny</pre>`;

	test('gives clean nested HTML without classes, styles or ids', () => {
		const html = copied(parse(SAMPLE)).innerHTML;
		expect(html).toContain('<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>');
		expect(html).toContain('<table><tr><th>a</th></tr><tr><td>b</td></tr></table><pre>x\ny</pre>');
		expect(html).not.toMatch(/class=|style=|data-id/);
	});

	test('and comes back the same', () => {
		const slice = parse(SAMPLE);
		const page = document.implementation.createHTMLDocument();
		page.body.append(...copied(slice).childNodes);
		expect(short(readHtml(page.body))).toEqual(short(slice));
	});
});

test('nothing the schema draws has a style attribute', () => {
	const marks = [schema.mark('link', { href: '#a' }), schema.mark('strong')];
	const inline = [
		schema.text('x', marks),
		schema.node('reference', { note: 'n' }),
		schema.node('break'),
		schema.node('rule'),
		schema.node('unknown', { value: { a: 1 } })
	];
	const blocks = ['paragraph', 'heading', 'clause', 'item', 'quote', 'codeline', 'note', 'cell'];
	const doc = schema.node(
		'doc',
		null,
		blocks.map((name) => schema.node(name, { id: name }, inline))
	);
	const made = document.createElement('div');
	made.append(DOMSerializer.fromSchema(schema).serializeFragment(doc.content, { document }));
	expect(made.innerHTML).not.toMatch(/style=/);
	expect(made.children).toHaveLength(blocks.length);
});
