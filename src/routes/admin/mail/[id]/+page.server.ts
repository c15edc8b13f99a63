import { fail, redirect } from '@sveltejs/kit';
import { NoFields } from '#lib/record/inputs.ts';
import { readMail, tryAgain } from '#lib/record/mailbox.server.ts';
import { refusalText } from '#lib/record/refusals.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { house, actor }, params, url }) => {
	const letter = await forPage(() => readMail(house, actor, params.id));
	const { id, to, subject, text, html, headers, createdAt } = letter;
	const { sentAt, nextAt, attempts, error, state } = letter;
	return {
		letter: { id, to, subject, text, createdAt, sentAt, nextAt, attempts, error, state },
		headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
		hasHtml: html !== '',
		again: url.searchParams.has('again')
	};
};

export const actions: Actions = {
	again: async ({ locals: { house, actor }, params, request }) => {
		const values = formValues(await request.formData());
		const refused = await forForm(values, async () => {
			parseInput(NoFields, values);
			await tryAgain(house, actor, params.id);
		});
		if (!refused) redirect(303, `/admin/mail/${params.id}?again`);
		return fail(refused.status, { refused: refusalText(refused.data.code) });
	}
};
