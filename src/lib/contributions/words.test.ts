import { describe, expect, test } from 'vitest';
import { BODY_MAX } from './kinds.ts';
import { linkPieces, readWords } from './words.ts';

describe('words somebody wrote', () => {
	test('C10 keeps line breaks, drops what no screen shows, trims the edges', () => {
		expect(readWords(' One\r\ntwo\u0000\u0007\n\n\n\n\nthree \uD800 ')).toBe(
			'One\ntwo\n\n\nthree \uFFFD'
		);
	});

	test('C10 refuses nothing and too much', () => {
		expect(() => readWords(' \n\t ')).toThrow(expect.objectContaining({ code: 'remark_empty' }));
		expect(readWords('a'.repeat(BODY_MAX))).toHaveLength(BODY_MAX);
		expect(() => readWords('a'.repeat(BODY_MAX + 1))).toThrow(
			expect.objectContaining({
				code: 'remark_too_long',
				params: expect.objectContaining({ limit: BODY_MAX })
			})
		);
	});
});

describe('addresses', () => {
	const hrefs = (words: string) => linkPieces(words).flatMap((piece) => piece.href ?? []);

	test('become links without the sentence’s own punctuation', () => {
		expect(hrefs('See https://meravia.example/a?b=1. And (http://x.example/y_(z)), yes')).toEqual([
			'https://meravia.example/a?b=1',
			'http://x.example/y_(z)'
		]);
	});

	test('never of another scheme, never with a password, never without a host', () => {
		expect(
			hrefs('javascript:alert(1) data:text/html,x ftp://x https:// http://a:b@evil.example')
		).toEqual([]);
	});

	test('nothing is lost or changed on the way', () => {
		for (const words of [
			'',
			'no link',
			'https://a.example',
			'x https://a.example, y <b>https://b.example</b>'
		]) {
			expect(
				linkPieces(words)
					.map((piece) => piece.text)
					.join('')
			).toBe(words);
		}
	});
});
