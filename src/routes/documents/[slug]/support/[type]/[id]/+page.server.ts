import { redirect, type RequestEvent } from '@sveltejs/kit';
import { moderateCondition } from '#lib/ballots/conditions.server.ts';
import { Moderate, Rate, Unrate } from '#lib/ballots/inputs.ts';
import { rate, unrate } from '#lib/ballots/rate.server.ts';
import { supportFor } from '#lib/ballots/view.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { Invalid } from '#lib/errors.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { ratedOf } from './support.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
	depends('support');
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		return { support: await supportFor(house, live, actor, document, ratedOf(params)) };
	});
};

type Event = RequestEvent<{ slug: string; type: string; id: string }>;

/** Does the act; a script's form gets the support as it is now, a plain one is led back. */
async function act(
	event: Event,
	work: (documentId: string, values: Record<string, string>) => Promise<unknown>
) {
	const { house, live, actor } = event.locals;
	const given = formValues(await event.request.formData());
	return forForm(given, async () => {
		const rated = ratedOf(event.params);
		const { document } = await findDocument(house, actor, event.params.slug);
		await work(document.id, { ...given, ...rated });
		if (event.request.headers.get('x-sveltekit-action') === 'true') {
			return { support: await supportFor(house, live, actor, document, rated) };
		}
		const base = `/documents/${document.slug}`;
		if (given.back === 'text') redirect(303, `${base}#b-${rated.id}`);
		redirect(303, given.back === 'list' ? `${base}/support` : event.url.pathname);
	});
}

export const actions: Actions = {
	rate: (event) =>
		act(event, (documentId, values) => {
			const { house, live, actor } = event.locals;
			const input = parseInput(Rate, values);
			// The form for conditions without one: somebody pressed too early, and means no plain support.
			const asked = 'condition' in values || 'conditionId' in values;
			if (asked && !input.condition?.trim() && !input.conditionId) {
				throw new Invalid('condition_empty', { field: 'condition' });
			}
			return rate(house, live, actor, documentId, input);
		}),
	unrate: (event) =>
		act(event, (documentId, values) => {
			const { house, actor } = event.locals;
			return unrate(house, actor, documentId, parseInput(Unrate, values));
		}),
	/** A moderator shows or hides the words of a condition. */
	condition: (event) =>
		act(event, (documentId, values) => {
			const { house, actor } = event.locals;
			const input = parseInput(Moderate, values);
			const show = input.show === 'yes';
			return moderateCondition(house, actor, documentId, { ...input, show });
		})
};
