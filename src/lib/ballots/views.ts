import type { Speaking } from '#lib/contributions/views.ts';
import type { ConditionView, OwnRating, Rated } from './ratings.ts';
import type { Tally } from './tally.ts';

/** Everything a page shows of the support for one thing, to one reader. */
export interface SupportView extends Rated {
	/** Of the exact text this is about. */
	hash: string;
	number: string | null;
	words: string;
	tally: Tally;
	own: OwnRating | null;
	conditions: ConditionView[];
	/** Suggestions that support can wait for; only for those who may support. */
	suggestions: Array<{ id: string; words: string }>;
	may: { support: boolean; moderate: boolean };
	/** Why one may not: not signed in, over, or answered already. */
	why: 'sign_in' | 'closed' | 'settled' | null;
	speaking: Speaking[];
}
