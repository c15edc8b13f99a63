import { describe, expect, it } from 'vitest';
import { PASSWORD_MAX, passwordProblem } from './passwords.ts';

describe('P2 what a password must be', () => {
	it.each([
		['short', 'password_short'],
		['1234567', 'password_short'],
		['é'.repeat(7), 'password_short'],
		['ab9'.repeat(200), 'password_long']
	])('%s → %s', (password, code) => {
		expect(passwordProblem(password)).toBe(code);
	});

	it.each([
		'password',
		'Password1',
		'P@ssw0rd!',
		'p4ssw0rd2026',
		'12345678',
		'123456789012',
		'87654321',
		'11111111',
		'abcabcabc',
		'qwertyuiop',
		'Azertyuiop1',
		'1qaz2wsx',
		'1q2w3e4r',
		'asdfghjkl',
		'iloveyou',
		'ILoveYou2',
		'letmein123',
		'Welcome2024!',
		'bienvenue1',
		'MotDePasse1',
		'motdepasse',
		'Sunshine99',
		'football!!',
		'trustno1',
		'admin1234',
		'Summer2025',
		'abc12345',
		'princess1',
		'passwordpassword',
		'changeme!',
		'folkmoot2026',
		'14/07/1989',
		'mynewpassword1',
		'qwerty123',
		'zaq12wsx'.split('').reverse().join('')
	])('%s is common', (password) => {
		expect(passwordProblem(password)).toBe('password_common');
	});

	it.each([
		['dubois2026!', ['Ana Dubois', 'ana.dubois@meravia.example']],
		['Ana.Dubois', ['Ana Dubois', 'ana.dubois@meravia.example']],
		['meravia1234', ['Ana', 'ana@meravia.example']]
	])('%s is made of the person', (password, about) => {
		expect(passwordProblem(password, about)).toBe('password_personal');
	});

	it.each([
		'correct horse battery staple',
		'le figuier du 3e étage penche',
		'xK7#vQ2m',
		'shade over 9 squares',
		'x'.repeat(10) + 'shade over the square '.repeat(3),
		'漢字かな交じり文だ',
		'9f86d081884c7d659a2feaa0c55ad015',
		'kj' + 'w8Lq'.repeat(31) + 'zzp'
	])('%s is good', (password) => {
		expect(passwordProblem(password, ['Ana Dubois', 'ana@meravia.example'])).toBeNull();
	});

	it('allows the longest, counted in characters after normalisation', () => {
		const longest = 'u7'.padEnd(PASSWORD_MAX - 1, 'shade over the square ') + '🌳';
		expect(passwordProblem(longest)).toBeNull();
		expect(passwordProblem(`${longest}!`)).toBe('password_long');
	});

	it('recognises at least a thousand common passwords', () => {
		const words = ['password', 'welcome', 'football', 'princess', 'dragon', 'soleil', 'summer'];
		const ends = Array.from({ length: 160 }, (_, n) => (n < 100 ? `${n}!!` : `${1900 + n}`));
		const list = words.flatMap((word) => ends.map((end) => word + end));
		expect(list.filter((password) => !passwordProblem(password))).toEqual([]);
		expect(list.length).toBeGreaterThan(1000);
	});
});
