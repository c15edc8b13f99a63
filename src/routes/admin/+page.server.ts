import { SettingsForm } from '#lib/people/inputs.ts';
import { mayManagePeople } from '#lib/people/policy.ts';
import { holdsFirstPosts, setHoldFirstPosts } from '#lib/people/settings.server.ts';
import { NotFound } from '#lib/errors.ts';
import { forPage } from '#lib/server/http.ts';
import { act } from '../account/act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (({ locals: { house, actor } }) =>
	forPage(async () => {
		if (!mayManagePeople(actor)) throw new NotFound();
		return { holdFirstPosts: await holdsFirstPosts(house) };
	})) satisfies PageServerLoad;

export const actions = {
	settings: ({ request, locals: { house, actor } }) =>
		act('settings', request, SettingsForm, async ({ holdFirstPosts }) => {
			await setHoldFirstPosts(house, actor, holdFirstPosts);
			return { done: 'settings' };
		})
} satisfies Actions;
