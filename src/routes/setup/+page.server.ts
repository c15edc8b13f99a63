import { error, redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { SetUpForm } from '#lib/people/inputs.ts';
import { isEmpty, setUp } from '#lib/people/setup.server.ts';
import { act } from '../account/act.server.ts';
import { callerOfEvent, letIn } from '../account/entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { house } }) => {
	if (await isEmpty(house)) return;
	error(404, { message: 'not_found', code: 'not_found', params: {} });
}) satisfies PageServerLoad;

export const actions = {
	default: (event) =>
		act('setup', event.request, SetUpForm, async (input) => {
			const { locals, cookies, url } = event;
			const first = { ...input, locale: getLocale() };
			const { token } = await setUp(locals.house, callerOfEvent(event), first);
			letIn(locals.house, cookies, url, token);
			redirect(303, '/admin');
		})
} satisfies Actions;
