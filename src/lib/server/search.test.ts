import { describe, expect, test } from 'vitest';
import { askedWords, likeness, searchWords } from './search-words.ts';

describe('words made alike', () => {
	test('capitals, accents, endings and small words do not count', () => {
		expect(searchWords('The Vendors are TRADING at shaded stops.', 'en')).toEqual(
			searchWords('vendor trades, a shade stop', 'en')
		);
		expect(searchWords('Les marchés ombragés sont réservés aux étals', 'fr')).toEqual(
			searchWords('marche ombragée réserver étal', 'fr')
		);
		expect(searchWords('Größe', 'de')).toEqual(['große']);
		expect(searchWords('Ελλάδα 日本 10h30', 'el')).toEqual(['ελλαδα', '日本', '10h30']);
	});

	test('a question of small words alone asks for those', () => {
		expect(askedWords('to be or not to be', 'en')).toEqual(['to', 'be', 'or', 'not']);
		expect(askedWords('" OR * NEAR( ) -- \u0000', 'fr')).toEqual(['or', 'near']);
		expect(askedWords('!!! …', 'en')).toEqual([]);
	});

	test('likeness is one for the same words and none without any', () => {
		const words = new Set(['shade', 'stop']);
		expect(likeness(['shade', 'stop'], words)).toBeCloseTo(1);
		expect(likeness(['tree'], words)).toBe(0);
		expect(likeness([], words)).toBe(0);
	});
});
