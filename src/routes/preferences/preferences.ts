import { locales, type Locale } from '#lib/paraglide/runtime.js';

/** `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'folkmoot_theme';
export const LANGUAGE_COOKIE = 'folkmoot_language';

/** What was chosen in the form, or null when a value is not one we offer. */
export function readPreferences(form: FormData): { language: Locale; theme: Theme } | null {
	const language = locales.find((locale) => locale === form.get('language'));
	const theme = THEMES.find((name) => name === form.get('theme'));
	return language && theme ? { language, theme } : null;
}

/** The page to go back to: an address of this site, never another's; null when there is none. */
export function safeReturn(from: unknown): string | null {
	if (typeof from !== 'string' || !/^\/(?![/\\])/.test(from)) return null;
	const url = new URL(from, 'http://here.invalid');
	if (url.origin !== 'http://here.invalid' || url.pathname === '/preferences') return null;
	return url.pathname + url.search;
}
