import type { ErrorParams } from '#lib/errors.ts';
import { m } from '#lib/paraglide/messages.js';

const sentences = m as unknown as Record<string, (params: object) => string>;

/**
 * The sentence for a refusal's code, in the reader's language. Used while a page is made on the server,
 * so that readers do not download sentences they may never need.
 */
export function refusalText(code: string, params: ErrorParams = {}): string {
	const sentence = sentences[`people_error_${code}`] ?? m.people_error_unexpected;
	const minutes = Math.max(1, Math.ceil(Number(params.seconds ?? 60) / 60));
	return sentence({ ...params, minutes });
}
