import { Invalid } from '#lib/errors.ts';
import { REASON_MAX } from './kinds.ts';

/**
 * A reason made fit to keep: line ends as `\n`, characters that no screen shows and no database takes
 * left out, blank edges trimmed.
 * @throws Invalid `reason_missing` or `reason_too_long`, on the field `reason`
 */
export function readReason(raw: string): string {
	const reason = cleaned(raw);
	if (reason === '') throw new Invalid('reason_missing', { field: 'reason' });
	if (reason.length > REASON_MAX) {
		throw new Invalid('reason_too_long', {
			field: 'reason',
			limit: REASON_MAX,
			length: reason.length
		});
	}
	return reason;
}

/** Words as they are kept. */
export function cleaned(raw: string): string {
	return raw
		.toWellFormed()
		.replace(/\r\n?/g, '\n')
		.replace(/(?![\n\t])\p{Cc}/gu, '')
		.trim();
}
