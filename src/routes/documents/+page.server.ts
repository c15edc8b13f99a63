import { listDocuments } from '#lib/documents/documents.server.ts';
import { mayCreate } from '#lib/documents/policy.ts';
import { daysLeft, STAGES, type Stage } from '#lib/documents/stages.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { house, actor } = locals;
	const stage = STAGES.find((one) => one === url.searchParams.get('stage')) as Stage | undefined;
	const page = Number.parseInt(url.searchParams.get('page') ?? '1', 10) || 1;
	const { items, ...pager } = await listDocuments(house, actor, { stage, page });
	const now = house.clock();
	return {
		stage: stage ?? null,
		pager,
		mayCreate: mayCreate(actor),
		documents: items.map((item) => ({
			slug: item.slug,
			title: item.title,
			summary: item.summary,
			kind: item.kind,
			stage: item.stage,
			language: item.language,
			daysLeft: daysLeft(item, now),
			changedAt: item.changedAt
		}))
	};
};
