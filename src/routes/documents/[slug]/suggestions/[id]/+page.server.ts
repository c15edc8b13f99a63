import { redirect, type RequestEvent } from '@sveltejs/kit';
import { supportFor } from '#lib/ballots/view.server.ts';
import { editContribution, withdrawContribution } from '#lib/contributions/amend.server.ts';
import { reply } from '#lib/contributions/annotate.server.ts';
import { Aim, Edit, Reply } from '#lib/contributions/inputs.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { readSuggestion } from '#lib/contributions/suggestion-page.server.ts';
import type { ContributionRow } from '#lib/contributions/schema.server.ts';
import { marksOf } from '#lib/decisions/marks.server.ts';
import { whereaboutsOf } from '#lib/record/whereabouts.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { changedHtml } from '#lib/documents/reading.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { newSecret } from '#lib/server/ids.ts';
import { isInPlace, wantedReplies } from '../../annotations/answer.server.ts';
import { noteLabels } from '../../painted.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('contributions');
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const { change, ...found } = await readSuggestion(
			house,
			live,
			actor,
			document,
			params.id,
			wantedReplies(url)
		);
		const isPublic = found.thread.status === 'published';
		const [support, whereabouts, marks] = await Promise.all([
			isPublic
				? supportFor(house, live, actor, document, { type: 'suggestion', id: params.id })
				: null,
			isPublic ? whereaboutsOf(house, live, document, params.id) : null,
			marksOf(house, [params.id])
		]);
		return {
			...found,
			change: change && {
				moment: change.moment,
				html: changedHtml(change, change.touched, noteLabels())
			},
			support,
			/** How many of its characters stand in the text, when it was taken in. */
			whereabouts,
			marks: marks.get(params.id) ?? null,
			...standpoint(house, actor, document),
			key: newSecret(),
			editing: url.searchParams.get('edit')
		};
	});
};

/** Reads the form and does the act; a refusal gives back what was typed and which act it was. */
async function act(
	event: RequestEvent,
	name: string,
	work: (values: Record<string, string>) => Promise<ContributionRow | void>
) {
	const values = formValues(await event.request.formData());
	return forForm({ ...values, act: name }, async () => {
		const row = await work(values);
		if (isInPlace(event)) return row ? { id: row.id, status: row.status } : { done: true };
		const { pathname } = event.url;
		redirect(303, row ? `${pathname}?reply=${row.id}#remark-${row.id}` : pathname);
	});
}

export const actions: Actions = {
	reply: (event) =>
		act(event, 'reply', (values) =>
			reply(event.locals.house, event.locals.actor, parseInput(Reply, values))
		),
	edit: (event) =>
		act(event, 'edit', (values) =>
			editContribution(event.locals.house, event.locals.actor, parseInput(Edit, values))
		),
	withdraw: (event) =>
		act(event, 'withdraw', (values) =>
			withdrawContribution(event.locals.house, event.locals.actor, parseInput(Aim, values).id)
		)
};
