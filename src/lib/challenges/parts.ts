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
