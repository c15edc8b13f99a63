import { m } from '#lib/paraglide/messages.js';
import { capacityLabel } from '#lib/people/labels.ts';
import type { CapacityStamp } from './kinds.ts';
import type { Place } from './views.ts';

/** In which capacity somebody spoke, as a short label: what they are, and where. */
export function capacityWords({ kind, orgName }: CapacityStamp): string {
	const capacity = capacityLabel[kind]();
	return orgName ? m.people_capacity_at({ capacity, org: orgName }) : capacity;
}

/** "clause 4.2", or "this passage" where nothing is numbered. */
export function clauseWords(place: Pick<Place, 'number'> | null): string {
	return place?.number
		? m.contributions_clause_number({ number: place.number })
		: m.contributions_clause_this();
}
