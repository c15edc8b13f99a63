import { redirect } from '@sveltejs/kit';
import { getLocale } from '#lib/paraglide/runtime.js';
import { RegistrationForm } from '#lib/people/inputs.ts';
import { safeNext } from '#lib/people/next.ts';
import { register } from '#lib/people/registration.server.ts';
import { isEmpty } from '#lib/people/setup.server.ts';
import { act } from '../account/act.server.ts';
import { callerOfEvent } from '../account/entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { house, actor }, url }) => {
	const next = safeNext(url.searchParams.get('next'));
	if (actor.person) redirect(303, next);
	return { next, empty: await isEmpty(house) };
}) satisfies PageServerLoad;

export const actions = {
	default: (event) =>
		act('register', event.request, RegistrationForm, async ({ next, ...input }) => {
			const registration = { ...input, locale: getLocale() };
			await register(event.locals.house, callerOfEvent(event), registration);
			// The same page whether the address was new or not: it says nothing about who is here.
			return { registered: { email: input.email, next: safeNext(next) } };
		})
} satisfies Actions;
