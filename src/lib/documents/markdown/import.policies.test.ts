import { describe, expect, test } from 'vitest';
import { type Block, plainText, readBlocks, type Span } from '#lib/documents/text/blocks.ts';
import { exportMarkdown } from './export.ts';
import { importMarkdown } from './import.ts';
import { policies } from './policies.testing.ts';
import { canonicalText } from '#lib/documents/hash.ts';

describe.skipIf(!policies).each(['draft', 'final'] as const)('the real policy, %s', (which) => {
	const source = policies?.[which] ?? '# none';
	const { delta, problems } = importMarkdown(new TextEncoder().encode(source));
	const blocks = readBlocks(delta);
	const count = (pattern: RegExp) => source.match(pattern)?.length ?? 0;
	const ofType = (type: string) => blocks.filter(({ attrs }) => attrs.type === type);

	test('keeps every word, in order', () => {
		expect(words(blocks.map(plainText).join('\n'))).toEqual(words(stripped(source)));
	});

	test('keeps headings and their levels', () => {
		for (const level of [2, 3]) {
			const found = ofType('heading').filter(
				({ attrs }) => 'level' in attrs && attrs.level === level
			);
			const hashes = new RegExp(`^#{${level}} |<h${level}>`, 'gm');
			expect(found).toHaveLength(count(hashes));
		}
	});

	test('keeps list items by level', () => {
		const items = (level: number) =>
			ofType('item').filter(({ attrs }) => attrs.type === 'item' && attrs.level === level);
		const written = count(/^ {0,3}(?:[*-]|\d+\.) /gm) + count(/<li>/g);
		const inner = source
			.match(/<ol type="i">[^]*?<\/ol>/g)
			?.filter((list) => list.includes('icense details'));
		const second = inner?.join('').match(/<li>/g)?.length ?? 0;
		expect(second).toBe(5);
		expect(items(2)).toHaveLength(second);
		expect(items(1)).toHaveLength(written - second);
	});

	test('keeps every footnote, its place and its body', () => {
		const references = noteKeys(blocks);
		expect(references).toHaveLength(count(/<sup id="fnr/g));
		const bodies = ofType('note').map(({ attrs }) => attrs.type === 'note' && attrs.note);
		expect(bodies).toHaveLength(count(/<li id="fn/g));
		expect(new Set(bodies)).toEqual(new Set(references));
		expect(blocks.map(plainText).join('')).not.toContain('↩');
	});

	test('keeps every link', () => {
		const links = runs(blocks, ({ marks }) => marks.link);
		expect(links).toHaveLength(count(/<a href="http/g) + count(/\]\(http/g));
		expect(links.map(({ key }) => key)).toEqual(
			Array.from(source.matchAll(/(?:<a href="|\]\()(http[^")]*)/g), ([, to]) => to)
		);
	});

	test('keeps emphasis and bold', () => {
		const markdownOnly = source.replace(/<li\b[^]*?<\/li>/g, '');
		const bold = Array.from(markdownOnly.matchAll(/\*\*_?([^*]+?)_?\*\*/g), ([, text]) =>
			text!.trim()
		);
		const found = runs(blocks, ({ marks }) => (marks.strong ? 'strong' : undefined));
		expect(found.map(({ text }) => text.trim())).toEqual(bold);
		const em =
			count(/<em>/g) +
			count(/(?<![*\n])\*(?![* ])[^*\n]+\*(?!\*)/g) +
			count(/(?<=[(*])_[^_*\n]+_(?=[,*])/g);
		const italic = runs(blocks, ({ marks }) => (marks.em ? 'em' : undefined));
		// Inside an HTML list `*See*` is no Markdown: there the signs are words.
		const literal = source.match(/<\/sup> \*See\*/g)?.length ?? 0;
		expect(italic).toHaveLength(em - literal);
	});

	test('says what it could not take over, with lines', () => {
		const codes = new Set(problems.map(({ code }) => code));
		const expected =
			which === 'draft'
				? ['attribute_ignored', 'image_as_text']
				: ['attribute_ignored', 'mark_dropped'];
		expect([...codes].sort()).toEqual(expected);
		for (const { code, params, line } of problems) {
			if (code === 'mark_dropped') expect(source.split('\n')[line - 1]).toContain(`<u>`);
			if (code === 'attribute_ignored')
				expect(source.split('\n')[line - 1]).toContain(`<${params.tag} `);
		}
	});

	test('can be written and read again without a change', () => {
		const again = readBlocks(importMarkdown(exportMarkdown(blocks)).delta);
		expect(canonicalText(again)).toBe(canonicalText(blocks));
	});
});

function noteKeys(blocks: Block[]): string[] {
	const spans = blocks.flatMap((block) => block.spans);
	return spans.flatMap((span) =>
		'embed' in span && span.embed.type === 'note' ? [span.embed.note] : []
	);
}

/** Neighbouring spans with the same key, per block. */
function runs(blocks: Block[], keyOf: (span: Span) => string | undefined) {
	const found: Array<{ key: string; text: string }> = [];
	for (const { spans } of blocks) {
		let open: { key: string; text: string } | undefined;
		for (const span of spans) {
			const key = keyOf(span);
			const text = 'text' in span ? span.text : '';
			if (key !== undefined && open?.key === key) open.text += text;
			else {
				open = key === undefined ? undefined : { key, text };
				if (open) found.push(open);
			}
		}
	}
	return found;
}

/** The source without its markup, by means that share nothing with the importer. */
function stripped(source: string): string {
	return source
		.replace(/<sup id="fnr[^>]*>.*?<\/sup>/g, '')
		.replace(/(<li id="fn[^>]*>)<sup>\d+<\/sup>/g, '$1')
		.replace(/<a href="#fnr[^>]*>.*?<\/a>/g, '')
		.replace(/<img title="([^"]*)"[^>]*>/g, '$1')
		.replace(/\[([^\]]*)\]\(http[^)]*\)/g, '$1')
		.replace(/<\/?(?:em|a|sup|u)\b[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
		.replace(/^\d+\. (?=\p{Lu}\p{Ll}+ (?!and|Three))/gmu, (found, at: number, all: string) =>
			/^#/.test(all.slice(all.lastIndexOf('\n', at) + 1)) ? found : ''
		);
}

function words(text: string): string[] {
	return text.match(/[\p{L}\p{N}]+/gu) ?? [];
}
