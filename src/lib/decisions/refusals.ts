import type { ErrorParams } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';

const SAY: Record<string, (params: ErrorParams) => string> = {
	not_policy_team: () => m.decisions_error_not_policy_team(),
	contribution_not_found: () => m.decisions_error_contribution_not_found(),
	already_answered: ({ count = 0 }) => m.decisions_error_already_answered({ count: Number(count) }),
	reason_missing: () => m.decisions_error_reason_missing(),
	reason_too_long: ({ limit = 0, length = 0 }) =>
		m.decisions_error_reason_too_long({ limit, length }),
	nothing_chosen: () => m.decisions_error_nothing_chosen(),
	too_many_chosen: ({ limit = 0 }) => m.decisions_error_too_many_chosen({ limit }),
	accept_changes_text: () => m.decisions_error_accept_changes_text(),
	cite_not_found: () => m.decisions_error_cite_not_found(),
	branches_overlap: () => m.decisions_error_branches_overlap(),
	branch_out_of_place: () => m.decisions_error_branch_out_of_place(),
	suggestion_stale: () => m.decisions_error_suggestion_stale(),
	change_not_found: () => m.decisions_error_change_not_found(),
	not_a_suggestion: () => m.decisions_error_not_a_suggestion(),
	document_closed: () => m.decisions_error_document_closed(),
	answers_closed: () => m.decisions_error_answers_closed(),
	decision_not_found: () => m.decisions_error_decision_not_found(),
	already_undone: () => m.decisions_error_already_undone(),
	cannot_undo: () => m.decisions_error_cannot_undo(),
	document_rebuilt: () => m.decisions_error_document_rebuilt(),
	template_title_missing: () => m.decisions_error_template_title_missing(),
	template_title_long: ({ limit = 0 }) => m.decisions_error_template_title_long({ limit }),
	too_many_templates: ({ limit = 0 }) => m.decisions_error_too_many_templates({ limit }),
	template_not_found: () => m.decisions_error_template_not_found(),
	words_gone: () => m.decisions_error_words_gone()
};

/** A refusal of this area in the reader's words. */
export function sayRefusal(refusal: { code: string; params?: ErrorParams }): string {
	const say = SAY[refusal.code];
	return say ? say(refusal.params ?? {}) : m.decisions_error_other();
}
