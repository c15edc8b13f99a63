import { error } from '@sveltejs/kit';
import { compareTexts } from '#lib/documents/compare.server.ts';
import type { Side } from '#lib/documents/comparison.ts';
import { findDocument } from '#lib/documents/documents.server.ts';
import { versionsToChoose } from '#lib/documents/version-list.server.ts';
import { forPage } from '#lib/server/http.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { house, live, actor } = locals;
	const { document } = await forPage(() => findDocument(house, actor, params.slug));
	const sides = await versionsToChoose(house, document.id);
	const newest = sides[0]?.number;
	if (newest === undefined) return { sides, from: null, to: null, comparison: null, all: false };

	const from = side(url.searchParams.get('from')) ?? newest;
	const to = side(url.searchParams.get('to')) ?? 'now';
	const all = url.searchParams.get('show') === 'all';
	const comparison = await forPage(() => compareTexts(house, live, document.id, from, to, all));
	return { sides, from, to, comparison, all };
};

/** A version's number or `now`; null when nothing was asked for. */
function side(value: string | null): Side | null {
	if (value === null || value === '') return null;
	if (value === 'now') return value;
	if (!/^[1-9]\d{0,5}$/.test(value)) {
		error(400, { message: 'version', code: 'invalid', params: {} });
	}
	return Number(value);
}
