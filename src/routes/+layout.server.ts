import { getLocale } from '#lib/paraglide/runtime.js';
import { named } from '#lib/documents/own-page.server.ts';
import { countUnread } from '#lib/record/inbox.server.ts';
import type { LayoutServerLoad } from './$types';

const KEPT = new Set(['/documents/[slug]', '/documents/[slug]/desk']);

export const load: LayoutServerLoad = async ({ locals, route, isDataRequest }) => {
	const { actor, house, theme } = locals;
	// Those pages are kept: the bell asks by itself there.
	const isKept = KEPT.has(route.id ?? '') && !isDataRequest;
	return {
		viewer: actor.person && {
			...(locals.named ?? named(actor.person)),
			capacities: actor.capacities.map((capacity) => capacity.kind),
			duties: actor.duties.map((duty) => duty.kind),
			unread: isKept ? null : await countUnread(house, actor)
		},
		theme,
		locale: getLocale(),
		demo: house.config.demo
	};
};
