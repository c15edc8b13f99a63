import { redirect } from '@sveltejs/kit';
import { NoFields } from '#lib/people/inputs.ts';
import { signOut } from '#lib/people/sign-in.server.ts';
import { act } from '../account/act.server.ts';
import { letOut } from '../account/entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ locals }) => {
	if (!locals.actor.person) redirect(303, '/');
}) satisfies PageServerLoad;

export const actions = {
	default: ({ request, locals: { house, actor }, cookies, url }) =>
		act('sign-out', request, NoFields, async () => {
			await signOut(house, actor);
			letOut(house, cookies, url);
			redirect(303, '/');
		})
} satisfies Actions;
