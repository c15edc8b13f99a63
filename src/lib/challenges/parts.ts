/** What a person or an org may be to something; owners and co-drafters write in its living text. */
export const PARTS = [
	'owner',
	'co_drafter',
	'partner',
	'affected',
	'evaluator',
	'representative',
	'follower'
] as const;
export type Part = (typeof PARTS)[number];

/** All parts but following, which may be thousands and gives no right. */
export const INVOLVED = PARTS.filter((part) => part !== 'follower');
