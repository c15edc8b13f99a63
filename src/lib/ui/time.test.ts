import { describe, expect, it } from 'vitest';
import { absoluteTime, relativeTime, timeLeft } from './time.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;

describe('relativeTime', () => {
	it('speaks the reader’s language in the largest unit that fits', () => {
		expect(relativeTime(now - 2 * hour, now, 'en')).toBe('2 hours ago');
		expect(relativeTime(now - 25 * hour, now, 'en')).toBe('yesterday');
		expect(relativeTime(now - 25 * hour, now, 'fr')).toBe('hier');
		expect(relativeTime(now + 15 * 24 * hour, now, 'en')).toBe('in 2 weeks');
		expect(relativeTime(now - 800 * 24 * hour, now, 'en')).toBe('2 years ago');
	});

	it('leaves the last minute to the page', () => {
		expect(relativeTime(now - 59_000, now, 'en')).toBeNull();
		expect(relativeTime(now - 60_000, now, 'en')).toBe('1 minute ago');
	});
});

describe('absoluteTime', () => {
	it('names the day in the zone it is given', () => {
		const lateEvening = Date.UTC(2026, 10, 21, 23, 30);
		expect(absoluteTime(lateEvening, 'en', 'UTC')).toBe('21 November 2026');
		expect(absoluteTime(lateEvening, 'fr', 'Europe/Paris')).toBe('22 novembre 2026');
		expect(absoluteTime(lateEvening, 'en', 'UTC', true)).toContain('UTC');
	});
});

describe('timeLeft', () => {
	it('counts the last day as a day, and after that only what is really left', () => {
		expect(timeLeft(now + 11.2 * 24 * hour, now)).toEqual({ unit: 'days', count: 12 });
		expect(timeLeft(now + 23.9 * hour, now)).toEqual({ unit: 'hours', count: 23 });
		expect(timeLeft(now + 90_000, now)).toEqual({ unit: 'minutes', count: 1 });
		expect(timeLeft(now + 1, now)).toEqual({ unit: 'minutes', count: 1 });
		expect(timeLeft(now, now)).toBe('ended');
	});
});
