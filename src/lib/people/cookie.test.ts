import { describe, expect, it } from 'vitest';
import { sessionCookie, tokensIn } from './cookie.ts';

const at = (url: string, origin?: string) =>
	sessionCookie({ config: { origin, sessionAbsoluteDays: 90 } }, new URL(url));
const TOKEN = 'a'.repeat(32);
const OTHER = 'b'.repeat(32);

describe('the session cookie', () => {
	it.each([
		['https://moot.example/sign-in', undefined, '__Host-folkmoot', true],
		['http://localhost:3000/', undefined, '__Host-folkmoot', true],
		['http://127.0.0.1:3000/', undefined, '__Host-folkmoot', true],
		['http://[::1]:3000/', undefined, '__Host-folkmoot', true],
		['http://192.168.1.5:3000/', undefined, 'folkmoot', false],
		['http://localhost.evil.example/', undefined, 'folkmoot', false],
		['http://10.0.0.1:3000/', 'https://moot.example', '__Host-folkmoot', true],
		['https://10.0.0.1:3000/', 'http://moot.local', 'folkmoot', false]
	])('at %s, configured %s: %s', (url, origin, name, secure) => {
		expect(at(url, origin)).toEqual({
			name,
			options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 90 * 86_400 }
		});
	});
});

describe('reading tokens', () => {
	const header = `x=1; folkmoot=${OTHER}; __Host-folkmoot=${TOKEN}`;

	it('takes the secure cookie first, the plain one only where we could have set it', () => {
		expect(tokensIn(header, undefined)).toEqual([TOKEN, OTHER]);
		expect(tokensIn(header, 'http://moot.local')).toEqual([TOKEN, OTHER]);
		expect(tokensIn(header, 'https://moot.example')).toEqual([TOKEN]);
	});

	it('reads a getter alike, and nothing from nonsense', () => {
		expect(tokensIn((name) => (name === 'folkmoot' ? TOKEN : undefined), undefined)).toEqual([
			TOKEN
		]);
		for (const bad of [
			null,
			undefined,
			'',
			';;;',
			'__Host-folkmoot=',
			'__Host-folkmoot=%00',
			'xfolkmoot=' + TOKEN
		]) {
			expect(tokensIn(bad, undefined)).toEqual([]);
		}
	});
});
