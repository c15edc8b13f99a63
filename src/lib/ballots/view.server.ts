import { standpoint } from '#lib/contributions/reading.server.ts';
import type { DocumentRow } from '#lib/documents/schema.server.ts';
import type { Actor } from '#lib/people/actor.ts';
import type { House } from '#lib/server/house.ts';
import { conditionsOn, suggestionsToWaitFor } from './conditions.server.ts';
import { ownRatings } from './own.server.ts';
import { mayModerateConditions, maySupport } from './policy.ts';
import { ratedKey, type Rated } from './ratings.ts';
import { tallyOn } from './tallies.server.ts';
import { thingOf, type LiveText } from './thing.server.ts';
import type { SupportView } from './views.ts';

/** The support for one thing on a document its reader has found. NotFound when it is not there. */
export async function supportFor(
	house: House,
	live: LiveText,
	actor: Actor,
	document: DocumentRow,
	rated: Rated
): Promise<SupportView> {
	const thing = await thingOf(house, live, document, rated);
	const { type, id, hash, number, words, settled } = thing;
	const may = maySupport(actor, document, house.clock());
	const [tally, own, conditions, suggestions] = await Promise.all([
		tallyOn(house, document.id, rated, live),
		ownRatings(house, live, actor, document.id),
		conditionsOn(house, actor, document.id, rated),
		may ? suggestionsToWaitFor(house, document.id) : []
	]);
	const { why, speaking } = standpoint(house, actor, document);
	return {
		...{ type, id, hash, number, words, tally, conditions, speaking },
		own: own[ratedKey(rated)] ?? null,
		suggestions: suggestions.filter((one) => one.id !== id),
		may: { support: may && !settled, moderate: mayModerateConditions(actor, document.id) },
		why: settled ? 'settled' : why
	};
}
