import { redirect } from '@sveltejs/kit';
import { signIns } from '#lib/demo/cast.ts';
import { SignInForm } from '#lib/people/inputs.ts';
import { safeNext } from '#lib/people/next.ts';
import { isEmpty } from '#lib/people/setup.server.ts';
import { signIn } from '#lib/people/sign-in.server.ts';
import { act } from '../account/act.server.ts';
import { callerOfEvent, letIn } from '../account/entrance.server.ts';
import { speakAs } from '../account/language.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { house, actor }, url }) => {
	const next = safeNext(url.searchParams.get('next'));
	if (actor.person) redirect(303, next);
	return { next, empty: await isEmpty(house), people: house.config.demo ? signIns : [] };
}) satisfies PageServerLoad;

export const actions = {
	default: (event) =>
		act('sign-in', event.request, SignInForm, async (input) => {
			const { locals, cookies, url } = event;
			const { token, locale } = await signIn(
				locals.house,
				locals.actor,
				callerOfEvent(event),
				input
			);
			letIn(locals.house, cookies, url, token);
			speakAs(cookies, url, locale, 'unless chosen');
			redirect(303, safeNext(input.next));
		})
} satisfies Actions;
