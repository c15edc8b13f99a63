import type { CapacityStamp } from '#lib/contributions/kinds.ts';

/** What support can be given to: a clause of the living text, a suggestion, a frozen version. */
export const RATED_TYPES = ['clause', 'suggestion', 'version'] as const;
export type RatedType = (typeof RATED_TYPES)[number];

/** Strongly against … strongly for. */
export const VALUES = [-2, -1, 0, 1, 2] as const;
export type Value = (typeof VALUES)[number];

/** The one criterion by which people rate today. */
export const SUPPORT = 'support';

/** Longest condition in free words, in characters. */
export const CONDITION_MAX = 300;

/** One thing that can be supported. */
export interface Rated {
	type: RatedType;
	id: string;
}

/** One name for a thing, as a key of maps: `clause:c4`. */
export function ratedKey({ type, id }: Rated): string {
	return `${type}:${id}`;
}

/** What a person gave, as they see it themselves. */
export interface OwnRating extends Rated {
	ratingId: string;
	value: Value;
	/** "I support this if …", in their words. */
	condition: string | null;
	/** Or if this suggestion is accepted. */
	conditionId: string | null;
	/** The suggestion was accepted: what was conditional is support now. */
	met: boolean;
	/** Their words wait for a moderator, or were hidden by one: only they and the team read them. */
	unshown: boolean;
	capacity: CapacityStamp;
	/** The text is another one now. */
	stale: boolean;
	/** And they were not asked yet whether they still see it so. */
	ask: boolean;
}

/** Under what condition people support a thing, and how many people say so. */
export interface ConditionView {
	/** In free words; null when it is bound to a suggestion. */
	words: string | null;
	/** The suggestion, and how its author named the reason. */
	suggestion: { id: string; words: string } | null;
	people: number;
	/** Not shown to everybody; only the team and moderators are told of it. */
	unshown: boolean;
}
