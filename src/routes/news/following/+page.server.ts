import { redirect } from '@sveltejs/kit';
import { listFollowed, unfollow } from '#lib/record/follow.server.ts';
import { UnfollowForm } from '#lib/record/inputs.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { askToSignIn } from '../../account/entrance.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	const { house, live, actor } = locals;
	askToSignIn(actor, url);
	setHeaders({ 'cache-control': 'no-store' });
	return { followed: await forPage(() => listFollowed(house, live, actor)) };
};

export const actions: Actions = {
	unfollow: async ({ locals: { house, actor }, request, url }) => {
		askToSignIn(actor, url);
		const values = formValues(await request.formData());
		return forForm(values, async () => {
			const { document, block } = parseInput(UnfollowForm, values);
			await unfollow(house, actor, { documentId: document, block });
			if (request.headers.get('x-sveltekit-action') === 'true') return { done: true };
			redirect(303, '/news/following');
		});
	}
};
