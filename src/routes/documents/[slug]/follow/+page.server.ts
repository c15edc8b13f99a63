import { fail, redirect } from '@sveltejs/kit';
import { findDocument } from '#lib/documents/documents.server.ts';
import { clausesIn } from '#lib/record/clauses.ts';
import { follow, followingOn, unfollow } from '#lib/record/follow.server.ts';
import { FollowForm } from '#lib/record/inputs.ts';
import { refusalText } from '#lib/record/refusals.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { askToSignIn } from '../../../account/entrance.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Where a visitor's "Follow" leads: they sign in and come back here. */
export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		askToSignIn(actor, url);
		setHeaders({ 'cache-control': 'no-store' });
		const [following, { blocks }] = await Promise.all([
			followingOn(house, actor, document.id),
			live.read(document.id)
		]);
		return { following, clauses: clausesIn(blocks) };
	});
};

async function change(event: RequestEvent, to: 'follow' | 'unfollow') {
	const { house, live, actor } = event.locals;
	const { document } = await forPage(() => findDocument(house, actor, event.params.slug));
	askToSignIn(actor, event.url);
	const values = formValues(await event.request.formData());
	let at = '';
	const refused = await forForm(values, async () => {
		const { block } = parseInput(FollowForm, values);
		if (block) at = `#${encodeURIComponent(block)}`;
		const what = { documentId: document.id, block };
		if (to === 'follow') await follow(house, live, actor, what);
		else await unfollow(house, actor, what);
	});
	if (refused) {
		const { code, params } = refused.data;
		return fail(refused.status, { refused: refusalText(code, params) });
	}
	if (event.request.headers.get('x-sveltekit-action') === 'true') return { done: to };
	redirect(303, `/documents/${document.slug}/follow${at}`);
}

export const actions: Actions = {
	follow: (event) => change(event, 'follow'),
	unfollow: (event) => change(event, 'unfollow')
};
