import { getLocale } from '#lib/paraglide/runtime.js';
import { initialsOf } from '#lib/ui/avatar.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
	const { actor, house, theme } = locals;
	return {
		viewer: actor.person && {
			id: actor.person.id,
			name: actor.person.name,
			initials: initialsOf(actor.person.name),
			capacities: actor.capacities.map((capacity) => capacity.kind),
			duties: actor.duties.map((duty) => duty.kind)
		},
		theme,
		locale: getLocale(),
		demo: house.config.demo
	};
};
