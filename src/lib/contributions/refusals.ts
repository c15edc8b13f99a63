import { m } from '#lib/paraglide/messages.js';
import type { ErrorParams } from '#lib/errors.ts';

const SAY: Record<string, (params: ErrorParams) => string> = {
	sign_in_needed: () => m.contributions_error_sign_in_needed(),
	account_disabled: () => m.contributions_error_account_disabled(),
	// A suggestion that came too late names the private branch that has its words.
	document_closed: ({ branch }) =>
		branch ? m.contributions_error_branch_closed() : m.contributions_error_document_closed(),
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
	branch_outdated: () => m.contributions_error_branch_outdated(),
	branch_empty: () => m.contributions_error_branch_empty(),
	branch_too_large: ({ limit = 0 }) => m.contributions_error_branch_too_large({ limit }),
	clause_gone: () => m.contributions_error_clause_gone(),
	branch_not_found: () => m.contributions_error_branch_not_found(),
	branch_moved_on: () => m.contributions_error_branch_moved_on(),
	branch_out_of_place: () => m.contributions_error_branch_out_of_place(),
	not_your_branch: () => m.contributions_error_not_your_branch(),
	branch_full: ({ limit = 0 }) => m.contributions_error_branch_full({ limit }),
	too_many_branches: ({ limit = 0 }) => m.contributions_error_too_many_branches({ limit }),
	invited_self: () => m.contributions_error_invited_self(),
	own_branch: () => m.contributions_error_own_branch(),
	person_unknown: () => m.contributions_error_person_unknown(),
	terms_not_accepted: () => m.contributions_error_terms_not_accepted(),
	document_reopening: () => m.contributions_error_document_busy(),
	database_busy: () => m.contributions_error_document_busy(),
	detail_unexpected: () => m.contributions_error_detail_unexpected(),
	detail_source_missing: () => m.contributions_error_detail_source_missing(),
	detail_source_too_long: ({ limit = 0, length = 0 }) =>
		m.contributions_error_detail_source_too_long({ limit, length }),
	detail_url_wrong: () => m.contributions_error_detail_url_wrong(),
	detail_risk_incomplete: () => m.contributions_error_detail_risk_incomplete(),
	opinion_representatives: () => m.contributions_error_opinion_representatives(),
	merge_itself: () => m.contributions_error_merge_itself(),
	merge_unlike: () => m.contributions_error_merge_unlike(),
	merge_into_merged: () => m.contributions_error_merge_into_merged(),
	merge_not_yours: () => m.contributions_error_merge_not_yours(),
	already_answered: () => m.contributions_error_already_answered(),
	offline: () => m.contributions_error_offline()
};

/** A refusal of this area in the reader's words: what happened, what is safe, what to do. */
export function sayRefusal(refusal: { code: string; params?: ErrorParams }): string {
	const say = SAY[refusal.code];
	return say ? say(refusal.params ?? {}) : m.contributions_error_other();
}
