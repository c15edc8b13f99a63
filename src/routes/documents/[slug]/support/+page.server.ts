import * as v from 'valibot';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { Later, OverviewQuery, Reconfirm, Unrate } from '#lib/ballots/inputs.ts';
import { overviewOf } from '#lib/ballots/overview.server.ts';
import { unrate } from '#lib/ballots/rate.server.ts';
import { askLater, reconfirm, staleRatingsOf } from '#lib/ballots/stale.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('support');
	const { house, live, actor } = locals;
	const query = v.parse(OverviewQuery, Object.fromEntries(url.searchParams));
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const [overview, stale] = await Promise.all([
			overviewOf(house, live, document, query),
			staleRatingsOf(house, live, actor, document.id)
		]);
		return { overview, stale };
	});
};

type Event = RequestEvent<{ slug: string }>;

/** Reads the form, does the act on the document, and leads a plain form back to the list. */
async function act(
	event: Event,
	work: (documentId: string, values: Record<string, string>) => Promise<unknown>
) {
	const values = formValues(await event.request.formData());
	return forForm(values, async () => {
		const { house, actor } = event.locals;
		const { document } = await findDocument(house, actor, event.params.slug);
		await work(document.id, values);
		if (event.request.headers.get('x-sveltekit-action') === 'true') return { done: true };
		redirect(303, `/documents/${document.slug}/support`);
	});
}

export const actions: Actions = {
	/** "Still so", on the text as it was shown. */
	reconfirm: (event) =>
		act(event, async (_, values) => {
			const { house, live, actor } = event.locals;
			await reconfirm(house, live, actor, parseInput(Reconfirm, values));
		}),
	unrate: (event) =>
		act(event, async (documentId, values) => {
			const { house, actor } = event.locals;
			await unrate(house, actor, documentId, parseInput(Unrate, values));
		}),
	/** "Not now": not asked again about these texts. */
	later: (event) =>
		act(event, async (documentId, values) => {
			const { house, live, actor } = event.locals;
			parseInput(Later, values);
			await askLater(house, live, actor, documentId);
		})
};
