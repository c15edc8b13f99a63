import { redirect, type RequestEvent } from '@sveltejs/kit';
import { documentOfTeam } from '#lib/decisions/answer.server.ts';
import { KeepTemplate, RetireTemplate } from '#lib/decisions/desk-inputs.ts';
import { keepTemplate, retireTemplate, templatesOf } from '#lib/decisions/templates.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, actor } = locals;
	if (!actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		await documentOfTeam(house, actor, document.id);
		return { templates: await templatesOf(house, document.id) };
	});
};

async function act(
	event: RequestEvent<{ slug: string }>,
	work: (values: Record<string, string>, documentId: string) => Promise<unknown>
) {
	const values = formValues(await event.request.formData());
	return forForm(values, async () => {
		const { house, actor } = event.locals;
		const { document } = await findDocument(house, actor, event.params.slug);
		await work(values, document.id);
		redirect(303, `/documents/${document.slug}/desk/reasons`);
	});
}

export const actions: Actions = {
	keep: (event) =>
		act(event, (values, documentId) => {
			const { house, actor } = event.locals;
			return keepTemplate(house, actor, documentId, parseInput(KeepTemplate, values));
		}),
	retire: (event) =>
		act(event, (values, documentId) => {
			const { house, actor } = event.locals;
			const { template } = parseInput(RetireTemplate, values);
			return retireTemplate(house, actor, documentId, template);
		})
};
