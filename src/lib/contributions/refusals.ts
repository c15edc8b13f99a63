import { m } from '#lib/paraglide/messages.js';
import type { ErrorParams } from '#lib/errors.ts';

const SAY: Record<string, (params: ErrorParams) => string> = {
	sign_in_needed: () => m.contributions_error_sign_in_needed(),
	account_disabled: () => m.contributions_error_account_disabled(),
	document_closed: () => m.contributions_error_document_closed(),
	thread_withdrawn: () => m.contributions_error_thread_withdrawn(),
	annotation_words_gone: () => m.contributions_error_annotation_words_gone(),
	annotation_block_gone: () => m.contributions_error_annotation_block_gone(),
	annotation_no_words: () => m.contributions_error_annotation_no_words(),
	annotation_too_much: () => m.contributions_error_annotation_too_much(),
	quote_not_in_block: () => m.contributions_error_quote_not_in_block(),
	remark_empty: () => m.contributions_error_remark_empty(),
	remark_too_long: ({ limit = 0, length = 0 }) =>
		m.contributions_error_remark_too_long({ limit, length }),
	capacity_not_yours: () => m.contributions_error_capacity_not_yours(),
	too_many_remarks: () => m.contributions_error_too_many_remarks(),
	contribution_not_found: () => m.contributions_error_contribution_not_found(),
	contribution_moved_on: () => m.contributions_error_contribution_moved_on(),
	offline: () => m.contributions_error_offline()
};

/** A refusal of this area in the reader's words: what happened, what is safe, what to do. */
export function sayRefusal(refusal: { code: string; params?: ErrorParams }): string {
	const say = SAY[refusal.code];
	return say ? say(refusal.params ?? {}) : m.contributions_error_other();
}
