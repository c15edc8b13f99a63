import type { ErrorParams } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';

/**
 * What a refusal of this area says to people. Used while a page is made on the server, so that
 * readers do not download sentences they may never need.
 */
const WORDS: Record<string, (params: ErrorParams) => string> = {
	missing: () => m.documents_error_missing(),
	too_long: () => m.documents_error_too_long(),
	unreadable: () => m.documents_error_unreadable(),
	title_short: () => m.documents_error_title_short(),
	choose: () => m.documents_error_choose(),
	date: () => m.documents_error_date(),
	email: () => m.documents_error_email(),
	reason: () => m.documents_error_reason(),
	closing_missing: () => m.documents_error_closing_missing(),
	closing_past: () => m.documents_error_closing_past(),
	closing_far: () => m.documents_error_closing_far(),
	contributions_waiting: ({ count = 0, held = 0 }) =>
		Number(held) > 0
			? m.documents_error_contributions_held({ count: Number(count), held })
			: m.documents_error_contributions_waiting({ count: Number(count) }),
	stage_moved: () => m.documents_error_stage_moved(),
	may_not_create: () => m.documents_error_may_not_create(),
	not_policy_team: () => m.documents_error_not_policy_team(),
	person_unknown: () => m.documents_error_person_unknown(),
	last_of_team: () => m.documents_error_last_of_team(),
	file_missing: () => m.documents_error_file_missing(),
	import_too_large: ({ limitMB }) => m.documents_error_import_too_large({ limit: limitMB ?? '' }),
	import_binary: () => m.documents_error_import_binary(),
	import_empty: () => m.documents_error_import_empty(),
	import_too_heavy: () => m.documents_error_import_too_heavy(),
	imports_waiting: () => m.documents_error_imports_waiting(),
	database_busy: () => m.documents_error_busy(),
	too_many: () => m.documents_error_busy()
};

/** The sentence for a refusal's code, in the reader's language. */
export function refusalText(code: string, params: ErrorParams = {}): string {
	return (WORDS[code] ?? m.documents_error_unexpected)(params);
}
