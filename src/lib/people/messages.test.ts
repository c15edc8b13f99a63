import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../../messages/people/en.json' with { type: 'json' };
import fr from '../../messages/people/fr.json' with { type: 'json' };

const sources = readdirSync(import.meta.dirname)
	.filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
	.map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
	.join('\n');

/** Every code this area can refuse with: thrown, named for a field, or the message of a schema. */
const codes = new Set(
	[
		/new (?:Invalid|Forbidden|Conflict|Closed|TooMany|NotFound)\('(\w+)'/g,
		/'fields', \{ \w+: '(\w+)' \}/g,
		/return '(password_\w+)'/g,
		/'((?:name|email|password|choice|headcount|token|field)_(?:missing|long|signs|invalid))'/g
	].flatMap((pattern) => [...sources.matchAll(pattern)].map((match) => match[1]!))
);
codes.delete('fields');

describe('the words of this area', () => {
	it('has a sentence for every refusal, in both languages', () => {
		expect(codes.size).toBeGreaterThan(20);
		for (const code of codes) {
			expect(en, code).toHaveProperty(`people_error_${code}`);
			expect(fr, code).toHaveProperty(`people_error_${code}`);
		}
	});

	it('says everything in both languages, with the same placeholders', () => {
		expect(Object.keys(fr)).toEqual(Object.keys(en));
		const holes = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();
		for (const [key, text] of Object.entries(en)) {
			expect(holes(fr[key as keyof typeof fr]), key).toEqual(holes(text));
		}
	});
});
