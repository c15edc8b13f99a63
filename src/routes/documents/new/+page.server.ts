import { error, fail, redirect } from '@sveltejs/kit';
import { Start } from '#lib/documents/inputs.ts';
import { IMPORT_LIMIT } from '#lib/documents/markdown/import.ts';
import { mayCreate } from '#lib/documents/policy.ts';
import { refusalText } from '#lib/documents/refusals.ts';
import { startDocument } from '#lib/documents/import.server.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { act, type Refused } from '../act.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
	if (!locals.actor.person) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
	if (!mayCreate(locals.actor))
		error(403, { message: 'may_not_create', code: 'forbidden', params: {} });
	return { language: getLocale(), largest: IMPORT_LIMIT };
};

export const actions: Actions = {
	default: async ({ request, locals }) => {
		const data = await request.formData().catch(() => undefined);
		if (!data) return fail(413, tooLarge());
		const file = data.get('file');
		const brought = file instanceof File && file.size > 0 ? await bytesOf(file) : undefined;

		const done = await act('start', data, Start, (input) =>
			startDocument(locals.house, locals.live, locals.actor, input, brought)
		);
		if (!('document' in done)) return done;
		const { document, problems } = done;
		if (problems.length === 0) redirect(303, `/documents/${document.slug}/edit`);
		return { started: { slug: document.slug, title: document.title, problems } };
	}
};

async function bytesOf(file: File) {
	return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** The body was over the server's limit, so nothing of the form could be read. */
function tooLarge(): Refused {
	const errors = { file: refusalText('import_too_large', { limitMB: IMPORT_LIMIT / 1_000_000 }) };
	return { form: 'start', values: {}, errors, general: null };
}
