import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_WISHES, type Wishes } from './kinds.ts';
import { afterQuiet, isTimeZone, letterTime, minutesOf, timeOf } from './wishes.ts';

const wishes = (more: Partial<Wishes>): Wishes => ({ ...DEFAULT_WISHES, ...more });
const at = (iso: string) => Date.parse(iso);
const said = (time: number | null) => (time === null ? null : new Date(time).toISOString());
const MINUTE = 60_000;

describe('N6 when a letter goes out', () => {
	const now = at('2026-05-04T09:00:00Z'); // a Monday

	test('never is never', () => {
		expect(letterTime(wishes({ mail: 'never' }), now)).toBeNull();
	});

	test('at once waits for the rest of a burst, and for a quarter of an hour after the last letter', () => {
		expect(letterTime(wishes({ mail: 'at_once' }), now)).toBe(now + 2 * MINUTE);
		expect(letterTime(wishes({ mail: 'at_once' }), now, now - MINUTE)).toBe(now + 14 * MINUTE);
	});

	test('daily is the next seven o’clock where the person lives', () => {
		expect(said(letterTime(wishes({ mail: 'daily' }), now))).toBe('2026-05-05T07:00:00.000Z');
		const early = at('2026-05-04T04:59:59Z');
		const paris = wishes({ mail: 'daily', timeZone: 'Europe/Paris' });
		expect(said(letterTime(paris, early))).toBe('2026-05-04T05:00:00.000Z');
		expect(said(letterTime(paris, early + 1000))).toBe('2026-05-05T05:00:00.000Z');
	});

	test('weekly is on Monday morning', () => {
		const weekly = wishes({ mail: 'weekly' });
		expect(said(letterTime(weekly, now))).toBe('2026-05-11T07:00:00.000Z');
		expect(said(letterTime(weekly, at('2026-05-04T06:00:00Z')))).toBe('2026-05-04T07:00:00.000Z');
		expect(said(letterTime(weekly, at('2026-05-10T23:00:00Z')))).toBe('2026-05-11T07:00:00.000Z');
	});

	test('a clock put forward or back in the night moves nothing', () => {
		const paris = wishes({ timeZone: 'Europe/Paris' });
		expect(said(letterTime(paris, at('2026-03-28T20:00:00Z')))).toBe('2026-03-29T05:00:00.000Z');
		expect(said(letterTime(paris, at('2026-10-24T20:00:00Z')))).toBe('2026-10-25T06:00:00.000Z');
	});
});

describe('N6 quiet hours', () => {
	const quiet = wishes({
		mail: 'at_once',
		quietFrom: minutesOf('22:00'),
		quietTo: minutesOf('06:30')
	});

	test('over midnight: until their end, and not a minute of them', () => {
		expect(said(afterQuiet(quiet, at('2026-05-04T21:59:59Z')))).toBe('2026-05-04T21:59:59.000Z');
		expect(said(afterQuiet(quiet, at('2026-05-04T22:00:00Z')))).toBe('2026-05-05T06:30:00.000Z');
		expect(said(afterQuiet(quiet, at('2026-05-05T06:29:59Z')))).toBe('2026-05-05T06:30:00.000Z');
		expect(said(afterQuiet(quiet, at('2026-05-05T06:30:00Z')))).toBe('2026-05-05T06:30:00.000Z');
	});

	test('they are the person’s, not the server’s', () => {
		const tokyo = { ...quiet, timeZone: 'Asia/Tokyo' };
		expect(said(afterQuiet(tokyo, at('2026-05-04T13:00:00Z')))).toBe('2026-05-04T21:30:00.000Z');
	});

	test('no letter is ever due in them, whatever they are', () => {
		const minutes = fc.integer({ min: 0, max: 1439 });
		const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') });
		const rhythm = fc.constantFrom('at_once' as const, 'daily' as const, 'weekly' as const);
		fc.assert(
			fc.property(minutes, minutes, moment, rhythm, (quietFrom, quietTo, now, mail) => {
				const due = letterTime(wishes({ mail, quietFrom, quietTo }), now)!;
				const minute = Math.floor((due % 86_400_000) / MINUTE);
				const isQuiet =
					quietFrom <= quietTo
						? quietFrom <= minute && minute < quietTo
						: minute >= quietFrom || minute < quietTo;
				expect(isQuiet).toBe(false);
				expect(due).toBeGreaterThanOrEqual(now);
			})
		);
	});
});

test('names of time zones and times of day are read and written', () => {
	expect(['UTC', 'Europe/Paris', 'America/Sao_Paulo'].every(isTimeZone)).toBe(true);
	expect(['', 'Paris', 'Europe/Nowhere', '<b>'].some(isTimeZone)).toBe(false);
	for (const time of ['00:00', '07:05', '23:59']) expect(timeOf(minutesOf(time))).toBe(time);
});
