import { getLocale } from '#lib/paraglide/runtime.js';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals }) => {
	const { actor, house, theme } = locals;
	return {
		viewer: actor.person && {
			id: actor.person.id,
			name: actor.person.name,
			initials: initials(actor.person.name),
			capacities: actor.capacities.map((capacity) => capacity.kind),
			duties: actor.duties.map((duty) => duty.kind)
		},
		theme,
		locale: getLocale(),
		demo: house.config.demo
	};
};

function initials(name: string): string {
	const words = name.split(/\s+/).filter(Boolean);
	return [words[0], words.length > 1 ? words.at(-1) : '']
		.map((word) => [...(word ?? '')][0] ?? '')
		.join('')
		.toUpperCase();
}
