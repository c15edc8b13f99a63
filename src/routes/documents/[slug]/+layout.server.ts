import { redirect } from '@sveltejs/kit';
import { findDocument } from '#lib/documents/documents.server.ts';
import { liveRight, mayManage } from '#lib/documents/policy.ts';
import { daysLeft, takesRemarks } from '#lib/documents/stages.ts';
import { forPage } from '#lib/server/http.ts';
import type { LayoutServerLoad } from './$types';

/** What every page of a document shows: what it is, and what this person may do with it. */
export const load: LayoutServerLoad = async ({ locals, params, url }) => {
	const { house, actor } = locals;
	const { document, parties } = await forPage(() => findDocument(house, actor, params.slug));
	// An address the document had before a change of title still leads to it. Not for good: it may
	// be taken up again, and browsers would keep going round between two permanent redirects.
	if (document.slug !== params.slug) {
		const rest = url.pathname.split('/').slice(3);
		redirect(307, `/${['documents', document.slug, ...rest].join('/')}${url.search}`);
	}
	const now = house.clock();
	return {
		document: {
			id: document.id,
			slug: document.slug,
			title: document.title,
			summary: document.summary,
			kind: document.kind,
			stage: document.stage,
			closesAt: document.closesAt,
			daysLeft: daysLeft(document, now),
			takesRemarks: takesRemarks(document, now),
			language: document.language,
			licence: document.licence
		},
		may: {
			write: liveRight(actor, document, parties) === 'write',
			manage: mayManage(actor, document)
		}
	};
};
