import { listDocuments } from '#lib/documents/documents.server.ts';
import { daysLeft } from '#lib/documents/stages.ts';
import { isEmpty } from '#lib/people/setup.server.ts';
import type { PageServerLoad } from './$types';

/** The stages in which a visitor's voice counts most, in the order the home page shows them. */
const OPEN = ['consultation', 'co_drafting'] as const;
const SHOWN = 6;

export const load = (async ({ locals: { house, actor } }) => {
	const lists = await Promise.all(OPEN.map((stage) => listDocuments(house, actor, { stage })));
	const now = house.clock();
	const drafts = lists
		.flatMap((list) => list.items)
		.slice(0, SHOWN)
		.map((document) => ({
			slug: document.slug,
			title: document.title,
			summary: document.summary,
			language: document.language,
			kind: document.kind,
			stage: document.stage,
			daysLeft: daysLeft(document, now),
			changedAt: document.changedAt
		}));
	return { drafts, empty: await isEmpty(house) };
}) satisfies PageServerLoad;
