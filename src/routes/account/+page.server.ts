import { redirect } from '@sveltejs/kit';
import {
	changePassword,
	listSessions,
	revokeSession,
	signOutEverywhere,
	updateProfile
} from '#lib/people/account.server.ts';
import {
	NamingForm,
	NoFields,
	PasswordForm,
	ProfileForm,
	SessionForm
} from '#lib/people/inputs.ts';
import { namedSince, setNamed } from '#lib/people/naming.server.ts';
import { actorOfToken } from '#lib/people/session.server.ts';
import { forPage } from '#lib/server/http.ts';
import { act } from './act.server.ts';
import { askToSignIn, callerOfEvent, letIn, letOut } from './entrance.server.ts';
import { speakAs } from './language.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { house, actor }, url, setHeaders }) => {
	askToSignIn(actor, url);
	setHeaders({ 'cache-control': 'no-store' });
	const { name, email, createdAt, locale, verification } = actor.person!;
	return {
		saved: url.searchParams.has('saved'),
		person: { name, email, createdAt, locale, verification },
		capacities: actor.capacities,
		duties: actor.duties,
		named: (await namedSince(house, actor)) !== null,
		sessions: await forPage(() => listSessions(house, actor))
	};
}) satisfies PageServerLoad;

export const actions = {
	profile: ({ request, locals: { house, actor }, cookies, url }) =>
		act('profile', request, ProfileForm, async (input) => {
			await updateProfile(house, actor, input);
			speakAs(cookies, url, input.locale, 'now');
			// A new request, since the language of this one was settled before.
			redirect(303, '/account?saved');
		}),

	naming: ({ request, locals: { house, actor } }) =>
		act('naming', request, NamingForm, async ({ named }) => {
			await setNamed(house, actor, named);
			return { done: 'naming' };
		}),

	password: (event) =>
		act('password', event.request, PasswordForm, async (input) => {
			const { house, actor } = event.locals;
			const { token } = await changePassword(house, actor, callerOfEvent(event), input);
			letIn(house, event.cookies, event.url, token);
			// The rest of this request still shows the page: it asks under the new session.
			event.locals.actor = await actorOfToken(house, token);
			return { done: 'password' };
		}),

	end: ({ request, locals: { house, actor } }) =>
		act('end', request, SessionForm, async ({ session }) => {
			await revokeSession(house, actor, session);
			if (session === actor.sessionId) redirect(303, '/sign-in');
			return { done: 'end' };
		}),

	everywhere: ({ request, locals: { house, actor }, cookies, url }) =>
		act('everywhere', request, NoFields, async () => {
			await signOutEverywhere(house, actor);
			letOut(house, cookies, url);
			redirect(303, '/sign-in');
		})
} satisfies Actions;
