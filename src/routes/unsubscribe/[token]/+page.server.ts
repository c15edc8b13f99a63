import { fail } from '@sveltejs/kit';
import { HouseError, httpStatus } from '#lib/errors.ts';
import { UnsubscribeForm } from '#lib/record/inputs.ts';
import { refusalText } from '#lib/record/refusals.ts';
import { unsubscribe } from '#lib/record/unsubscribe.server.ts';
import { forPage, formValues, parseInput } from '#lib/server/http.ts';
import type { Actions, PageServerLoad } from './$types';

/** Only asks: programs that look at links must not end anybody's letters. */
export const load: PageServerLoad = ({ setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex' });
};

export const actions: Actions = {
	/** By the page's button, or by a mail program on its own (RFC 8058): the link is the right. */
	default: async ({ locals: { house }, params, request }) => {
		const values = formValues(await request.formData());
		await forPage(async () => parseInput(UnsubscribeForm, values));
		try {
			await unsubscribe(house, params.token);
			return { done: true };
		} catch (thrown) {
			if (!(thrown instanceof HouseError)) throw thrown;
			return fail(httpStatus(thrown), { refused: refusalText(thrown.code) });
		}
	}
};
