import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	inviteToBranch,
	joinBranch,
	leaveBranch,
	removeFromBranch
} from '#lib/contributions/branch-group.server.ts';
import { discardBranch } from '#lib/contributions/branches.server.ts';
import { Publish } from '#lib/contributions/inputs.ts';
import { publishBranch } from '#lib/contributions/suggest.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { isInPlace, type Made } from '../../annotations/answer.server.ts';
import { shownBranch } from './scene.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('branch');
	if (!locals.actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	const shown = await forPage(() => shownBranch(locals, params));
	if (shown.branch.state === 'published' && shown.branch.contributionId) {
		redirect(307, `/documents/${params.slug}/suggestions/${shown.branch.contributionId}`);
	}
	return shown;
};

const Invite = v.strictObject({ email: v.pipe(v.string(), v.trim(), v.maxLength(254)) });
const Who = v.strictObject({ person: v.pipe(v.string(), v.regex(/^[0-9a-z]{1,40}$/)) });
const Nothing = v.strictObject({});

type Event = RequestEvent<{ slug: string; id: string }>;

/** Does the act; a refusal gives back what was typed and which act it was. */
async function act(
	event: Event,
	name: string,
	work: (values: Record<string, string>) => Promise<Made | void>
) {
	const values = formValues(await event.request.formData());
	return forForm({ ...values, act: name }, async () => {
		const made = await work(values);
		if (isInPlace(event)) return made ?? { done: true };
		redirect(303, event.url.pathname);
	});
}

export const actions: Actions = {
	publish: (event) =>
		act(event, 'publish', async (values) => {
			const { house, live, actor } = event.locals;
			const { slug, id } = event.params;
			const row = await publishBranch(house, live, actor, id!, parseInput(Publish, values));
			// In the place of the text its author stays there.
			if (isInPlace(event)) return { id: row.id, status: row.status };
			redirect(303, `/documents/${slug}/suggestions/${row.id}`);
		}),
	discard: (event) =>
		act(event, 'discard', async (values) => {
			parseInput(Nothing, values);
			await discardBranch(event.locals.house, event.locals.actor, event.params.id!);
			redirect(303, `/documents/${event.params.slug}/branches`);
		}),
	invite: (event) =>
		act(event, 'invite', async (values) => {
			const { house, actor } = event.locals;
			await inviteToBranch(house, actor, event.params.id!, parseInput(Invite, values));
		}),
	remove: (event) =>
		act(event, 'remove', async (values) => {
			const { house, actor } = event.locals;
			await removeFromBranch(house, actor, event.params.id!, parseInput(Who, values).person);
		}),
	join: (event) =>
		act(event, 'join', async (values) => {
			parseInput(Nothing, values);
			await joinBranch(event.locals.house, event.locals.actor, event.params.id!);
		}),
	leave: (event) =>
		act(event, 'leave', async (values) => {
			parseInput(Nothing, values);
			await leaveBranch(event.locals.house, event.locals.actor, event.params.id!);
			redirect(303, `/documents/${event.params.slug}/branches`);
		})
};
