import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { findDocument } from '#lib/documents/documents.server.ts';
import { liveRight } from '#lib/documents/policy.ts';
import { runsWithin } from '#lib/documents/provenance/runs.ts';
import { readProvenance } from '#lib/record/provenance.server.ts';
import { sourcesOf } from '#lib/record/sources.server.ts';
import { forPage, parseInput } from '#lib/server/http.ts';
import type { RequestHandler } from './$types';

/** More than this is not a question about words any more. */
const LONGEST = 20_000;

const index = v.pipe(
	v.string(),
	v.regex(/^\d{1,9}$/),
	v.transform((digits) => Number(digits))
);
const Stretch = v.strictObject({ from: index, to: index, version: v.optional(index) });

/**
 * Where the characters from one flat index up to another come from, in the text as it is now or in a
 * version: runs in order. Those who write the text see each other's names anyway, and so they do here.
 */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	const { document, parties } = await forPage(() => findDocument(house, actor, params.slug));
	const { from, to, version } = await forPage(async () =>
		parseInput(Stretch, Object.fromEntries(url.searchParams))
	);
	const end = Math.min(to, from + LONGEST);
	const naming = liveRight(actor, document, parties) === 'write' ? 'all' : 'agreed';
	const sources = await forPage(async () => {
		const provenance = await readProvenance(house, live, document, version ?? null);
		const runs = runsWithin(provenance.runs, from, end);
		return sourcesOf(house, document, provenance, runs, naming);
	});
	return json(sources, { headers: { 'cache-control': 'private, no-store' } });
};
