import { describe, expect, it } from 'vitest';
import { readPreferences, safeReturn } from './preferences.ts';

function form(values: Record<string, string>): FormData {
	const data = new FormData();
	for (const [name, value] of Object.entries(values)) data.set(name, value);
	return data;
}

describe('readPreferences', () => {
	it('takes what is offered', () => {
		expect(readPreferences(form({ language: 'fr', theme: 'dark' }))).toEqual({
			language: 'fr',
			theme: 'dark'
		});
	});

	it.each([{ language: 'xx', theme: 'dark' }, { language: 'fr', theme: 'pink' }, {}])(
		'refuses %o',
		(values) => expect(readPreferences(form(values as Record<string, string>))).toBeNull()
	);
});

describe('safeReturn', () => {
	it('goes back within this site', () => {
		expect(safeReturn('/documents/shade?view=text')).toBe('/documents/shade?view=text');
	});

	it.each([
		'//evil.example',
		'/\\evil.example',
		'https://evil.example',
		'/\t/evil.example',
		'documents',
		'',
		null,
		'/preferences?from=/x'
	])('refuses %o', (from) => expect(safeReturn(from)).toBeNull());
});
