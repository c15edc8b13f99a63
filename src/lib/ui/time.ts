const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS: ReadonlyArray<[Intl.RelativeTimeFormatUnit, number]> = [
	['year', 365 * DAY],
	['month', 30 * DAY],
	['week', 7 * DAY],
	['day', DAY],
	['hour', HOUR],
	['minute', MINUTE]
];

/** "3 days ago", "in 2 weeks"; null within a minute, for which the page has its own word. Times in ms. */
export function relativeTime(at: number, now: number, locale: string): string | null {
	const distance = at - now;
	const step = STEPS.find(([, length]) => Math.abs(distance) >= length);
	if (!step) return null;
	const [unit, length] = step;
	const format = kept(
		`relative ${locale}`,
		() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
	);
	return format.format(Math.trunc(distance / length), unit);
}

/** "21 November 2026", or with the hour and its time zone when `withHour`. `zone` is an IANA name. */
export function absoluteTime(at: number, locale: string, zone: string, withHour = false): string {
	const hour = { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const;
	const format = kept(
		`absolute ${locale} ${zone} ${withHour}`,
		() =>
			new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
				day: 'numeric',
				month: 'long',
				year: 'numeric',
				timeZone: zone,
				...(withHour ? hour : {})
			})
	);
	return format.format(at);
}

const formats = new Map<string, unknown>();
const MOST_FORMATS = 200;

/** A formatter is dear to make, and a list of forty lines asks for eighty. */
function kept<Format>(key: string, make: () => Format): Format {
	let format = formats.get(key) as Format | undefined;
	if (!format) {
		if (formats.size >= MOST_FORMATS) formats.clear();
		formats.set(key, (format = make()));
	}
	return format;
}

/** What is left until a moment: days counting the last one begun, then full hours, then minutes. */
export function timeLeft(
	at: number,
	now: number
): { unit: 'days' | 'hours' | 'minutes'; count: number } | 'ended' {
	const left = at - now;
	if (left <= 0) return 'ended';
	if (left >= DAY) return { unit: 'days', count: Math.ceil(left / DAY) };
	if (left >= HOUR) return { unit: 'hours', count: Math.floor(left / HOUR) };
	return { unit: 'minutes', count: Math.max(1, Math.floor(left / MINUTE)) };
}
