import { getLocale } from '#lib/paraglide/runtime.js';
import { named } from '#lib/documents/own-page.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
	const { actor, house, theme } = locals;
	return {
		viewer: actor.person && {
			...(locals.named ?? named(actor.person)),
			capacities: actor.capacities.map((capacity) => capacity.kind),
			duties: actor.duties.map((duty) => duty.kind)
		},
		theme,
		locale: getLocale(),
		demo: house.config.demo
	};
};
