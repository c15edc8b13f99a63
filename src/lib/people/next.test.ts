import { describe, expect, it } from 'vitest';
import { safeNext } from './next.ts';

describe('P14 where signing in leads', () => {
	it.each([
		'/documents/shade?view=text#clause-4',
		'/documents/shade/follow#c4',
		'/',
		'/admin/people?page=2'
	])('follows %s', (next) => {
		expect(safeNext(next)).toBe(next);
	});

	it.each([
		'//evil.example',
		'/\\evil.example',
		'/\t/evil.example',
		'/\n/evil.example',
		'https://evil.example',
		'javascript:alert(1)',
		'evil',
		'/sign-in?next=/x',
		'/sign-out',
		'',
		null,
		undefined
	])('goes home instead of to %o', (next) => {
		expect(safeNext(next)).toBe('/');
	});
});
