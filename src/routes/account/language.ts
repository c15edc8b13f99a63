import type { Cookies } from '@sveltejs/kit';
import { locales } from '#lib/paraglide/runtime.js';
import { LANGUAGE_COOKIE } from '../preferences/preferences.ts';

const YEAR_IN_SECONDS = 365 * 24 * 3600;

/** Speaks the account's language on this device: now, or only where none was chosen yet. */
export function speakAs(
	cookies: Cookies,
	url: URL,
	locale: string,
	when: 'now' | 'unless chosen'
): void {
	const known = locales.find((one) => one === locale);
	if (!known || (when === 'unless chosen' && cookies.get(LANGUAGE_COOKIE))) return;
	cookies.set(LANGUAGE_COOKIE, known, {
		path: '/',
		maxAge: YEAR_IN_SECONDS,
		httpOnly: false,
		sameSite: 'lax',
		secure: url.protocol === 'https:'
	});
}
