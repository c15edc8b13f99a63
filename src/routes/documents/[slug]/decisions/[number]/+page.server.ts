import { error, redirect } from '@sveltejs/kit';
import { readDecision } from '#lib/decisions/decisions.server.ts';
import { Undo } from '#lib/decisions/inputs.ts';
import { undoDecision } from '#lib/decisions/undo.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

function numberIn(value: string): number {
	if (!/^[1-9]\d{0,6}$/.test(value))
		error(404, { message: 'not_found', code: 'not_found', params: {} });
	return Number(value);
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	const number = numberIn(params.number);
	const page = Number(/^\d{1,6}$/.exec(url.searchParams.get('page') ?? '')?.[0] ?? 1);
	return forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const decision = await readDecision(house, live, actor, document.id, { number, page });
		return { decision };
	});
};

export const actions: Actions = {
	undo: async ({ request, locals, params }) => {
		const { house, live, actor } = locals;
		const values = formValues(await request.formData());
		return forForm(values, async () => {
			const { document } = await findDocument(house, actor, params.slug);
			const { decision, reason, only } = parseInput(Undo, values);
			const made = await undoDecision(house, live, actor, document.id, {
				decisionId: decision,
				reason,
				only: only ? [only] : undefined
			});
			redirect(303, `/documents/${document.slug}/decisions/${made.number}`);
		});
	}
};
