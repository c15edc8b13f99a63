import { fail, redirect } from '@sveltejs/kit';
import { LANGUAGE_COOKIE, readPreferences, safeReturn, THEME_COOKIE } from './preferences.ts';
import type { Actions, PageServerLoad } from './$types';

const YEAR_IN_SECONDS = 365 * 24 * 3600;

export const load = (({ url }) => ({
	from: safeReturn(url.searchParams.get('from')),
	saved: url.searchParams.has('saved')
})) satisfies PageServerLoad;

export const actions = {
	default: async ({ request, cookies, url }) => {
		const form = await request.formData();
		const chosen = readPreferences(form);
		if (!chosen) return fail(400, { code: 'preferences_invalid' });

		// The pages' own script reads the language too, so these are not HttpOnly; they hold no secret.
		const options = {
			path: '/',
			maxAge: YEAR_IN_SECONDS,
			httpOnly: false,
			sameSite: 'lax',
			secure: url.protocol === 'https:'
		} as const;
		cookies.set(LANGUAGE_COOKIE, chosen.language, options);
		cookies.set(THEME_COOKIE, chosen.theme, options);
		redirect(303, safeReturn(form.get('from')) ?? '/preferences?saved');
	}
} satisfies Actions;
