import { m } from '#lib/paraglide/messages.js';
import type { ErrorParams } from '#lib/errors.ts';

const SAY: Record<string, (params: ErrorParams) => string> = {
	reason_missing: () => m.moderation_error_reason_missing(),
	reason_too_long: ({ limit = 0 }) => m.moderation_error_reason_too_long({ limit }),
	already_decided: () => m.moderation_error_already_decided(),
	own_content: () => m.moderation_error_own_content(),
	contribution_not_found: () => m.moderation_error_contribution_not_found()
};

/** A refusal of this area in the moderator's words. */
export function sayRefusal(refusal: { code: string; params?: ErrorParams }): string {
	const say = SAY[refusal.code];
	return say ? say(refusal.params ?? {}) : m.moderation_error_other();
}
