import type { Wishes } from './kinds.ts';

const MINUTE = 60_000;
const DAY = 1440;
/** News of one burst go into one letter. */
const GATHER = 2 * MINUTE;
/** At once is not at every word: at most one letter in this time. */
const BETWEEN = 15 * MINUTE;
/** Letters of the day and of the week come at seven, where the person lives. */
const MORNING = 7 * 60;
const MONDAY = 1;

/**
 * When news that are made at `now` should go out by mail, ms; null: never. Never in quiet hours.
 * `last` is when this person's last letter was written.
 */
export function letterTime(wishes: Wishes, now: number, last: number | null = null): number | null {
	if (wishes.mail === 'never') return null;
	if (wishes.mail === 'at_once') {
		return afterQuiet(wishes, Math.max(now + GATHER, (last ?? -Infinity) + BETWEEN));
	}
	return afterQuiet(wishes, nextMorning(wishes.timeZone, now, wishes.mail === 'weekly'));
}

/** The moment itself, or the end of the quiet hours that it falls into. */
export function afterQuiet({ quietFrom, quietTo, timeZone }: Wishes, at: number): number {
	if (quietFrom === null || quietTo === null || quietFrom === quietTo) return at;
	const { minutes } = localTime(timeZone, at);
	const since = (minutes - quietFrom + DAY) % DAY;
	const lasts = (quietTo - quietFrom + DAY) % DAY;
	return since < lasts ? at - (at % MINUTE) + (lasts - since) * MINUTE : at;
}

/** The next seven o'clock after `now`; of a Monday, when weekly. */
function nextMorning(timeZone: string, now: number, weekly: boolean): number {
	const { minutes, weekday } = localTime(timeZone, now);
	let days = minutes < MORNING ? 0 : 1;
	if (weekly) while ((weekday + days) % 7 !== MONDAY) days += 1;
	const guess = now - (now % MINUTE) + (days * DAY + MORNING - minutes) * MINUTE;
	// Clocks may be put forward or back in between.
	return guess + (MORNING - localTime(timeZone, guess).minutes) * MINUTE;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** What the clock on the wall says: minutes after midnight, and the day of the week (0: Sunday). */
function localTime(timeZone: string, at: number): { minutes: number; weekday: number } {
	const parts = new Map(
		clockOf(timeZone)
			.formatToParts(at)
			.map(({ type, value }) => [type, value])
	);
	return {
		minutes: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
		weekday: WEEKDAYS.indexOf(parts.get('weekday') ?? '')
	};
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
	let clock = clocks.get(timeZone);
	if (!clock) {
		const shown = {
			hour: '2-digit',
			minute: '2-digit',
			weekday: 'short',
			hourCycle: 'h23'
		} as const;
		clock = new Intl.DateTimeFormat('en-US', { ...shown, timeZone });
		clocks.set(timeZone, clock);
	}
	return clock;
}

/** Whether this is the name of a time zone. */
export function isTimeZone(name: string): boolean {
	try {
		clockOf(name);
		return true;
	} catch {
		return false;
	}
}

/** `22:30` as minutes after midnight. */
export function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

/** Minutes after midnight as `22:30`. */
export function timeOf(minutes: number): string {
	const two = (number: number) => String(number).padStart(2, '0');
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
