import { m } from '#lib/paraglide/messages.js';
import { sayRefusal as sayOther } from '#lib/contributions/refusals.ts';
import type { ErrorParams } from '#lib/errors.ts';

const SAY: Record<string, (params: ErrorParams) => string> = {
	sign_in_needed: () => m.ballots_error_sign_in_needed(),
	document_closed: () => m.ballots_error_document_closed(),
	text_changed: () => m.ballots_error_text_changed(),
	suggestion_answered: () => m.ballots_error_suggestion_answered(),
	suggestion_not_found: () => m.ballots_error_suggestion_not_found(),
	clause_not_found: () => m.ballots_error_clause_not_found(),
	version_not_found: () => m.ballots_error_clause_not_found(),
	rating_not_found: () => m.ballots_error_rating_not_found(),
	condition_needs_support: () => m.ballots_error_condition_needs_support(),
	condition_twice: () => m.ballots_error_condition_twice(),
	condition_itself: () => m.ballots_error_condition_itself(),
	condition_answered: () => m.ballots_error_condition_answered(),
	condition_empty: () => m.ballots_error_condition_empty(),
	condition_too_long: ({ limit = 0, length = 0 }) =>
		m.ballots_error_condition_too_long({ limit, length }),
	condition_not_found: () => m.ballots_error_condition_not_found(),
	reason_missing: () => m.ballots_error_reason_missing(),
	own_content: () => m.ballots_error_own_content(),
	too_many_attempts: () => m.ballots_error_too_many()
};

/** A refusal of this area in the reader's words: what happened, what is safe, what to do. */
export function sayRefusal(refusal: { code: string; params?: ErrorParams }): string {
	const say = SAY[refusal.code];
	return say ? say(refusal.params ?? {}) : sayOther(refusal);
}
