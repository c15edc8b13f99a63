import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { composeLetter, tame, type LetterOf } from './letters.ts';
import { newsPath, newsSentence, type NewsLine } from './lines.ts';
import { SENTENCES, type NewsKind, type Sentence } from './kinds.ts';

const line = (more: Partial<NewsLine> = {}): NewsLine => ({
	id: 'n1',
	kind: 'replied',
	sentence: 'replied',
	count: 1,
	at: 0,
	unread: true,
	by: 'Jonas Weber',
	document: { slug: 'shade', title: 'Shade for all', language: 'en' },
	target: { type: 'contribution', id: 'c2' },
	detail: { sentence: 'replied', by: 'jonas', head: 'c1', headKind: 'annotation' },
	...more
});
const letter = (more: Partial<LetterOf> = {}) =>
	composeLetter({
		name: 'Ama Mensah',
		locale: 'en',
		lines: [line()],
		more: 0,
		rhythm: 'daily',
		origin: 'https://folkmoot.example',
		unsubscribe: '/unsubscribe/s3cret',
		...more
	});

describe('N7 a letter', () => {
	test('says what happened, where, and how to have fewer of them', () => {
		const { subject, text } = letter();
		expect(subject).toBe('Jonas Weber replied in a conversation of yours · Shade for all');
		expect(text).toBe(
			[
				'Hello Ama Mensah,',
				'',
				'• Jonas Weber replied in a conversation of yours',
				'  Shade for all',
				'  https://folkmoot.example/documents/shade/annotations/c1#reply-c2',
				'',
				'-- ',
				'All your news: https://folkmoot.example/news',
				'You get a letter once a day, when there is something new.',
				'Change how often letters come: https://folkmoot.example/account/news',
				'Stop these letters: https://folkmoot.example/unsubscribe/s3cret',
				''
			].join('\n')
		);
	});

	test('is in the reader’s language, and so is its HTML', () => {
		const { subject, text, html } = letter({ locale: 'fr', lines: [line(), line()], more: 3 });
		expect(subject).toBe('5 nouvelles sur Shade for all');
		expect(text).toContain('Bonjour Ama Mensah,');
		expect(text).toContain('3 autres dans vos nouvelles');
		expect(html).toContain('<html lang="fr">');
	});

	test('news of several texts name none in the subject', () => {
		const other = line({ document: { slug: 'trees', title: 'Trees', language: 'en' } });
		expect(letter({ lines: [line(), other] }).subject).toBe('2 pieces of news for you');
	});
});

describe('hostile names and titles', () => {
	const HOSTILE = [
		'<img src=x onerror=alert(1)>',
		'"><script>alert(1)</script>',
		"' onmouseover='alert(1)",
		'</style><script>alert(1)</script>',
		'&lt;b&gt; &amp; {name}',
		'javascript:alert(1)',
		'Subject\r\nBcc: everybody@meravia.example\r\n\r\n<h1>',
		'\u202Egnp.exe\u0000\u2028\u200B',
		'%0aBcc:x@y.example',
		'a'.repeat(5_000)
	];

	for (const words of HOSTILE) {
		test(`${JSON.stringify(words).slice(0, 40)} stays words`, () => {
			const document = { slug: 'shade', title: words, language: words };
			const { subject, text, html } = letter({
				name: words,
				lines: [line({ by: words, document })]
			});
			expect(subject).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
			expect(subject.length).toBeLessThan(260);
			expect(text).not.toMatch(/\r|^Bcc:/m);
			const tags = [...elementsOf(parse(html))];
			const expected = [...elementsOf(parse(letter().html))];
			expect(tags.map((one) => one.name)).toEqual(expected.map((one) => one.name));
			for (const { attributes } of tags) {
				expect(attributes.filter(([name]) => name.startsWith('on') || name === 'src')).toEqual([]);
				const href = attributes.find(([name]) => name === 'href');
				if (href) expect(href[1]).toMatch(/^https:\/\/folkmoot\.example\//);
			}
		});
	}

	test('nothing is fetched from anywhere', () => {
		expect(letter().html).not.toMatch(/<img|<link|@import|url\(|src=/);
	});

	test('tame leaves ordinary words alone', () => {
		for (const words of ['Željko Ćosić', 'Zone « 30 » – l’été', '北京', 'R&D <3'])
			expect(tame(words)).toBe(words);
	});
});

describe('lines', () => {
	test('every sentence of every kind is said in both languages, for one and for many', () => {
		const said = new Set<string>();
		for (const [kind, sentences] of Object.entries(SENTENCES)) {
			for (const sentence of sentences as readonly Sentence[]) {
				for (const count of [1, 12]) {
					const detail = { sentence, by: 'jonas', clause: '4.2', stage: 'final' as const };
					const one = line({ kind: kind as NewsKind, sentence, count, detail });
					const [en, fr] = (['en', 'fr'] as const).map((locale) => newsSentence(one, { locale }));
					expect(en!.length, `${sentence} ${count}`).toBeGreaterThan(8);
					expect(fr).not.toBe(en);
					expect(`${en}${fr}`).not.toMatch(/[{}]|undefined|null/);
					said.add(en!);
				}
			}
		}
		expect(said).toContain('12 new comments on clause 4.2');
		expect(said).toContain('Jonas Weber suggests a change to clause 4.2');
	});

	test('lead to what they tell of', () => {
		const of = (sentence: Sentence, more: Partial<NewsLine> = {}) =>
			newsPath(
				line({ sentence, ...more, detail: { ...line().detail, sentence, ...more.detail } as never })
			);
		expect(of('replied')).toBe('/documents/shade/annotations/c1#reply-c2');
		expect(of('said', { target: { type: 'contribution', id: 'c1' } })).toBe(
			'/documents/shade/annotations/c1'
		);
		const burst = { count: 3, detail: { sentence: 'said', by: null, block: 'c4' } } as const;
		expect(of('said', burst)).toBe('/documents/shade/annotations?order=newest&show=all&block=c4');
		const decision = { type: 'decision', id: 'd1' };
		const numbered = { sentence: 'answered', by: null, number: 12 } as const;
		expect(of('answered', { target: decision, detail: numbered })).toBe(
			'/documents/shade/decisions/12'
		);
		expect(of('moved', { target: { type: 'document', id: 'doc' } })).toBe('/documents/shade');
		expect(of('moved', { document: null })).toBe('/documents');
	});
});

interface Node {
	nodeName: string;
	attrs?: { name: string; value: string }[];
	childNodes?: Node[];
}

function* elementsOf(node: unknown): Generator<{ name: string; attributes: [string, string][] }> {
	const { nodeName, attrs, childNodes } = node as Node;
	if (attrs) {
		yield { name: nodeName, attributes: attrs.map(({ name, value }) => [name, value]) };
	}
	for (const child of childNodes ?? []) yield* elementsOf(child);
}
