import { describe, expect, test } from 'vitest';
import { numberClauses, plainText, readBlocks } from '../text/blocks.ts';
import { TEMPLATES } from './names.ts';
import { templateText } from './templates.ts';

describe.each(TEMPLATES)('the template %s', (template) => {
	test.each(['en', 'fr'])('reads as sections with numbered clauses in %s', (language) => {
		const blocks = readBlocks(templateText(template, language));
		const numbers = [...numberClauses(blocks).values()];
		expect(numbers).toContain('1');
		expect(numbers.filter((number) => /^\d+\.1$/.test(number)).length).toBeGreaterThanOrEqual(4);
		expect(blocks.every((block) => plainText(block).trim() !== '')).toBe(true);
	});

	test('mints new block ids each time, so that two documents never share one', () => {
		const ids = [templateText(template, 'en'), templateText(template, 'en')].flatMap((text) =>
			readBlocks(text).map((block) => block.attrs.id)
		);
		expect(new Set(ids).size).toBe(ids.length);
	});

	test('speaks French where French is asked for, English otherwise', () => {
		const [french, german] = ['fr', 'de'].map((language) =>
			readBlocks(templateText(template, language)).map(plainText).join(' ')
		);
		expect(french).toContain('Les conseils');
		expect(german).toContain('Guidance');
	});
});
