import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { beginBranch } from '#lib/contributions/branches.server.ts';
import { InWords } from '#lib/contributions/inputs.ts';
import { myBranches } from '#lib/contributions/my-branches.server.ts';
import { standpoint } from '#lib/contributions/reading.server.ts';
import { suggestInWords } from '#lib/contributions/suggest-words.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { numberClauses, plainText } from '#lib/documents/text/blocks.ts';
import { NotFound } from '#lib/errors.ts';
import { forForm, forPage, formValues, parseInput } from '#lib/server/http.ts';
import { newSecret } from '#lib/server/ids.ts';
import type { Actions, PageServerLoad } from './$types';

const Begin = v.strictObject({ block: v.pipe(v.string(), v.minLength(1), v.maxLength(80)) });

export const load: PageServerLoad = async ({ locals, params, url, request }) => {
	const { house, live, actor } = locals;
	const stand = await forPage(async () => {
		const { document } = await findDocument(house, actor, params.slug);
		const { blocks, seq } = await live.read(document.id);
		const block = blocks.find((one) => one.id === url.searchParams.get('block'));
		// After a refused form the page must come, with the words in it, even if the clause went meanwhile.
		if (!block && request.method === 'GET') throw new NotFound('block_not_found');
		const number = (block && numberClauses(blocks).get(block.id)) ?? null;
		const mine = actor.person ? await myBranches(house, actor, document.id) : [];
		return {
			block: block ? { id: block.id, number, words: plainText(block) } : null,
			seq,
			/** What this person began here before and did not publish. */
			begun: mine.filter(({ state, untouched }) => state === 'private' && !untouched).length,
			...standpoint(house, actor, document)
		};
	});
	if (stand.why === 'sign_in' && request.method === 'GET') {
		redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
	}
	return { ...stand, key: newSecret() };
};

export const actions: Actions = {
	/** The whole clause in other words; the house finds what was changed in it. */
	words: async ({ locals, params, request }) => {
		const { house, live, actor } = locals;
		const values = formValues(await request.formData());
		return forForm(values, async () => {
			const { document } = await findDocument(house, actor, params.slug);
			const row = await suggestInWords(
				house,
				live,
				actor,
				document.id,
				parseInput(InWords, values)
			);
			redirect(303, `/documents/${document.slug}/suggestions/${row.id}`);
		});
	},
	/** A branch to write on in the text itself. */
	begin: async ({ locals, params, request }) => {
		const { house, live, actor } = locals;
		const values = formValues(await request.formData());
		return forForm(values, async () => {
			const { document } = await findDocument(house, actor, params.slug);
			const { block } = parseInput(Begin, values);
			const branch = await beginBranch(house, live, actor, document.id, { blockId: block });
			redirect(303, `/documents/${document.slug}/branches/${branch.id}`);
		});
	}
};
