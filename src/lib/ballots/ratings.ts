/** What support can be given to: a clause of the living text, a suggestion, a frozen version. */
export const RATED_TYPES = ['clause', 'suggestion', 'version'] as const;
export type RatedType = (typeof RATED_TYPES)[number];

/** Strongly against … strongly for. */
export const VALUES = [-2, -1, 0, 1, 2] as const;
export type Value = (typeof VALUES)[number];
