import type { Counted, Group, Part, Share } from './shares.ts';
import { givePermille } from './shares.ts';

/** Somebody who agreed to be named, with all that is theirs in a text. */
export interface NamedShare extends Share {
	name: string;
	capacities: Array<{ group: Group; orgName: string | null }>;
}

/** People who are not named, together. */
export interface OthersShare extends Share {
	people: number;
}

/** Who wrote a text. The shares of `named`, `unnamed`, `gone` and `begun` add up to all of it. */
export interface Contributors {
	total: number;
	groups: Counted['groups'];
	/** In the order of their names: who wrote more is nobody's rank. */
	named: NamedShare[];
	/** People who did not agree to be named. */
	unnamed: OthersShare | null;
	/** People whose account is there no more. */
	gone: OthersShare | null;
	/** What was there when the text was begun; nobody's. */
	begun: Share | null;
}

/**
 * Gathers shares by contributor. `nameOf` says the name somebody agreed to be named by, null when they did
 * not, undefined when there is no such account any more.
 */
export function contributorsIn(
	{ total, groups, parts }: Counted,
	nameOf: (personId: string) => string | null | undefined,
	locale: string
): Contributors {
	const begun = gathered(parts.filter(({ group }) => group === 'begun'));
	const written = parts.filter(({ group }) => group !== 'begun');
	const people = [...Map.groupBy(written, ({ personId }) => personId).values()];
	const isNamed = ([one]: Part[]) => typeof nameOf(one!.personId) === 'string';
	const named = people.filter(isNamed).map((own): NamedShare => {
		const capacities = own
			.sort((a, b) => a.firstAt - b.firstAt)
			.map(({ group, orgName }) => ({ group, orgName }));
		return { ...gathered(own)!, name: nameOf(own[0]!.personId)!, capacities };
	});
	const { compare } = new Intl.Collator(locale);
	named.sort((a, b) => compare(a.name, b.name));
	const unnamed = othersIn(people.filter(([one]) => nameOf(one!.personId) === null));
	const gone = othersIn(people.filter(([one]) => nameOf(one!.personId) === undefined));
	givePermille([...named, unnamed, gone, begun].filter((share) => share !== null));
	return { total, groups, named, unnamed, gone, begun };
}

function othersIn(people: Part[][]): OthersShare | null {
	const share = gathered(people.flat());
	return share && { ...share, people: people.length };
}

function gathered(parts: readonly Part[]): Share | null {
	if (parts.length === 0) return null;
	return { characters: parts.reduce((sum, { characters }) => sum + characters, 0), permille: 0 };
}
