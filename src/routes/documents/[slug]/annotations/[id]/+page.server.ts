import { redirect } from '@sveltejs/kit';
import { editContribution, withdrawContribution } from '#lib/contributions/amend.server.ts';
import { reply } from '#lib/contributions/annotate.server.ts';
import { Aim, Edit, Merge, Reply } from '#lib/contributions/inputs.ts';
import { headIdOf, readThread } from '#lib/contributions/list.server.ts';
import { mergeContributions, unmergeContribution } from '#lib/contributions/merge.server.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { reopenThread, resolveThread } from '#lib/contributions/resolve.server.ts';
import { similarTo } from '#lib/contributions/similar.server.ts';
import { marksOf } from '#lib/decisions/marks.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { newSecret } from '#lib/server/ids.ts';
import { answer, isInPlace, wantedReplies } from '../answer.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, depends }) => {
	depends('contributions');
	const { house, live, actor } = locals;
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const head = await headIdOf(house, document, params.id);
		if (head !== params.id) {
			redirect(
				307,
				`/documents/${document.slug}/annotations/${head}?reply=${params.id}#remark-${params.id}`
			);
		}
		const found = await readThread(house, live, actor, document.id, head, wantedReplies(url));
		const { thread } = found;
		const [similar, marks] = await Promise.all([
			thread.may.merge && thread.body !== null && !thread.same?.into
				? similarTo(house, document, thread.body, { limit: 5, not: head })
				: [],
			marksOf(house, [head])
		]);
		return {
			...found,
			similar,
			marks: marks.get(head) ?? null,
			...standpoint(house, actor, document),
			key: newSecret(),
			editing: url.searchParams.get('edit')
		};
	});
};

/** Reads the form, does the act; a refusal gives back what was typed and which act it was. */
async function act<T>(
	event: RequestEvent,
	name: string,
	work: (values: Record<string, string>) => Promise<T>
) {
	const values = formValues(await event.request.formData());
	return forForm({ ...values, act: name }, () => work(values));
}

/** A plain form is led back to the thread. */
function back(event: RequestEvent): { done: true } {
	if (isInPlace(event)) return { done: true };
	redirect(303, event.url.pathname);
}

export const actions: Actions = {
	reply: (event) =>
		act(event, 'reply', async (values) => {
			const { house, actor } = event.locals;
			const row = await reply(house, actor, parseInput(Reply, values));
			return answer(event, event.params.slug, row);
		}),
	edit: (event) =>
		act(event, 'edit', async (values) => {
			const { house, actor } = event.locals;
			const row = await editContribution(house, actor, parseInput(Edit, values));
			return answer(event, event.params.slug, row);
		}),
	withdraw: (event) =>
		act(event, 'withdraw', async (values) => {
			const { house, actor } = event.locals;
			await withdrawContribution(house, actor, parseInput(Aim, values).id);
			return back(event);
		}),
	merge: (event) =>
		act(event, 'merge', async (values) => {
			const { house, actor } = event.locals;
			const { document } = await findDocument(house, actor, event.params.slug);
			await mergeContributions(house, actor, document.id, parseInput(Merge, values));
			return back(event);
		}),
	unmerge: (event) =>
		act(event, 'unmerge', async (values) => {
			const { house, actor } = event.locals;
			const { document } = await findDocument(house, actor, event.params.slug);
			await unmergeContribution(house, actor, document.id, parseInput(Aim, values).id);
			return back(event);
		}),
	resolve: (event) =>
		act(event, 'resolve', async (values) => {
			const { house, actor } = event.locals;
			await resolveThread(house, actor, parseInput(Aim, values).id);
			return back(event);
		}),
	reopen: (event) =>
		act(event, 'reopen', async (values) => {
			const { house, actor } = event.locals;
			await reopenThread(house, actor, parseInput(Aim, values).id);
			return back(event);
		})
};
