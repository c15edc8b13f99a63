import { redirect } from '@sveltejs/kit';
import { annotate } from '#lib/contributions/annotate.server.ts';
import { OnBlock, OnWords } from '#lib/contributions/inputs.ts';
import { SAID_KINDS } from '#lib/contributions/kinds.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { numberClauses, plainText } from '#lib/documents/text/blocks.ts';
import { NotFound } from '#lib/errors.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { newSecret } from '#lib/server/ids.ts';
import { answer } from '../answer.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url, request }) => {
	const { house, live, actor } = locals;
	const stand = await forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const text = await live.read(document.id);
		const block = text.blocks.find((one) => one.id === url.searchParams.get('block'));
		// After a refused form the page must come, with the words in it, even if the clause went meanwhile.
		if (!block && request.method === 'GET') throw new NotFound('block_not_found');
		const number = (block && numberClauses(text.blocks).get(block.id)) ?? null;
		return {
			block: block ? { id: block.id, number, words: plainText(block) } : null,
			...standpoint(house, actor, document)
		};
	});
	if (stand.why === 'sign_in' && request.method === 'GET') {
		redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	const chosen = SAID_KINDS.find((one) => one === url.searchParams.get('kind'));
	return { ...stand, kind: chosen ?? ('annotation' as const), key: newSecret() };
};

export const actions: Actions = {
	/** On words selected on the reading page; its script sends it. */
	words: async (event) => {
		const values = formValues(await event.request.formData());
		return forForm(values, async () => {
			const input = parseInput(OnWords, values);
			return write(event, input);
		});
	},
	/** On a clause, or on words of it that were copied into the form. */
	block: async (event) => {
		const values = formValues(await event.request.formData());
		return forForm(values, async () => {
			const input = parseInput(OnBlock, values);
			return write(event, input);
		});
	}
};

async function write(event: Parameters<Actions[string]>[0], input: Parameters<typeof annotate>[4]) {
	const { house, live, actor } = event.locals;
	const { document } = await findDocument(house, actor, event.params.slug);
	const row = await annotate(house, live, actor, document.id, input);
	return answer(event, document.slug, row);
}
