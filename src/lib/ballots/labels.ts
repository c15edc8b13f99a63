import { m } from '#lib/paraglide/messages.js';
import type { Rated, Value } from './ratings.ts';

/** The words for what somebody gave. */
export const valueLabel: Record<Value, () => string> = {
	[2]: m.ballots_value_strong,
	[1]: m.ballots_value_mild,
	[0]: m.ballots_value_none,
	[-1]: m.ballots_value_against,
	[-2]: m.ballots_value_against2
};

/** "clause 4.2", "this suggestion", "version 3". */
export function thingWords({
	type,
	number
}: Pick<Rated, 'type'> & { number: string | null }): string {
	if (type === 'suggestion') return m.ballots_this_suggestion();
	if (type === 'version') return m.ballots_version({ number: number ?? '' });
	return number ? m.ballots_clause({ number }) : m.ballots_this_passage();
}
