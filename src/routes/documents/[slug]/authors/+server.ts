import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { wordsOf } from '#lib/documents/authorship.server.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** More than this is not a question about words any more. */
const LONGEST = 20_000;

const index = v.pipe(
	v.string(),
	v.regex(/^\d{1,9}$/),
	v.transform((digits) => Number(digits))
);
const Stretch = v.strictObject({ from: index, to: index });

/** Who wrote the characters from one flat index up to another: stretches in order, with names. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	const { document } = await forPage(() => findDocument(house, actor, params.slug));
	const { from, to } = await forPage(async () =>
		parseInput(Stretch, Object.fromEntries(url.searchParams))
	);
	const end = Math.min(to, from + LONGEST);
	return json(await forPage(() => wordsOf(house, live, document.id, from, end)), {
		headers: { 'cache-control': 'private, no-store' }
	});
};
