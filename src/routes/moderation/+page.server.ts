import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { hideContribution, publishContribution } from '#lib/moderation/decide.server.ts';
import { Decision, QueueQuery } from '#lib/moderation/inputs.ts';
import { readQueue } from '#lib/moderation/queue.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, url, depends }) => {
	depends('moderation');
	const query = v.parse(QueueQuery, Object.fromEntries(url.searchParams));
	const queue = await forPage(() => readQueue(locals.house, locals.actor, query));
	return { query, queue };
};

async function decide(event: RequestEvent, by: typeof publishContribution, done: string) {
	const values = formValues(await event.request.formData());
	return forForm(values, async () => {
		const { house, actor } = event.locals;
		await by(house, actor, parseInput(Decision, values));
		if (event.request.headers.get('x-sveltekit-action') === 'true') return { done };
		const show = event.url.searchParams.get('show') === 'hidden' ? '?show=hidden' : '';
		redirect(303, `/moderation${show}`);
	});
}

export const actions: Actions = {
	publish: (event) => decide(event, publishContribution, 'published'),
	hide: (event) => decide(event, hideContribution, 'hidden')
};
