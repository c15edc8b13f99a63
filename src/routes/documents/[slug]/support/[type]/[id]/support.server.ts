import * as v from 'valibot';
import { Target } from '#lib/ballots/inputs.ts';
import type { Rated } from '#lib/ballots/ratings.ts';
import { NotFound } from '#lib/errors.ts';

/** The thing an address names; what cannot be one is not there. */
export function ratedOf({ type, id }: { type: string; id: string }): Rated {
	const read = v.safeParse(Target, { type, id });
	if (!read.success) throw new NotFound('clause_not_found');
	return read.output;
}
