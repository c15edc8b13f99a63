import type { ErrorParams } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';

const WORDS: Record<string, (params: ErrorParams) => string> = {
	choose: () => m.record_error_choose(),
	quiet: () => m.record_error_quiet(),
	zone: () => m.record_error_zone(),
	clause_not_found: () => m.record_error_clause_not_found(),
	too_many_followed: ({ limit }) => m.record_error_too_many_followed({ limit: limit ?? '' }),
	unsubscribe_unknown: () => m.record_error_unsubscribe_unknown(),
	not_given_up: () => m.record_error_not_given_up()
};

/** The sentence for a refusal's code, in the reader's language; said on the server. */
export function refusalText(code: string, params: ErrorParams = {}): string {
	return (WORDS[code] ?? m.record_error_other)(params);
}
