import { describe, expect, it } from 'vitest';
import { AVATAR_COLOURS, avatarColour, initialsOf } from './avatar.ts';

describe('initialsOf', () => {
	it('takes the first and the last word', () => {
		expect(initialsOf('Amina Moreau')).toBe('AM');
		expect(initialsOf('  Jean de la Croix ')).toBe('JC');
	});

	it('manages one word, no word, and letters outside the basic plane', () => {
		expect(initialsOf('amina')).toBe('A');
		expect(initialsOf('')).toBe('?');
		expect(initialsOf('𐐨lo Éluard')).toBe('𐐀É');
	});
});

describe('avatarColour', () => {
	it('is stable and within the palette', () => {
		for (const seed of ['', 'a', 'Amina Moreau', 'üñî', 'x'.repeat(500)]) {
			const colour = avatarColour(seed);
			expect(colour).toBe(avatarColour(seed));
			expect(colour).toBeGreaterThanOrEqual(0);
			expect(colour).toBeLessThan(AVATAR_COLOURS);
		}
	});

	it('spreads names over the palette', () => {
		const seen = new Set(Array.from({ length: 100 }, (_, i) => avatarColour(`person ${i}`)));
		expect(seen.size).toBe(AVATAR_COLOURS);
	});
});
