import { m } from '#lib/paraglide/messages.js';

interface Words {
	title: string;
	text: string;
}

const byCode: Record<string, () => Words> = {
	not_found: () => ({ title: m.ui_error_not_found_title(), text: m.ui_error_not_found() }),
	forbidden: () => ({ title: m.ui_error_forbidden_title(), text: m.ui_error_forbidden() }),
	invalid: () => ({ title: m.ui_error_invalid_title(), text: m.ui_error_invalid() }),
	conflict: () => ({ title: m.ui_error_conflict_title(), text: m.ui_error_conflict() }),
	closed: () => ({ title: m.ui_error_closed_title(), text: m.ui_error_closed() }),
	too_many: () => ({ title: m.ui_error_too_many_title(), text: m.ui_error_too_many() }),
	unexpected: () => ({ title: m.ui_error_unexpected_title(), text: m.ui_error_unexpected() })
};

const codeOfStatus: Record<number, string> = {
	400: 'invalid',
	401: 'forbidden',
	403: 'forbidden',
	404: 'not_found',
	405: 'invalid',
	409: 'conflict',
	410: 'closed',
	413: 'invalid',
	415: 'invalid',
	422: 'invalid',
	429: 'too_many'
};

/**
 * What happened, what is safe, what to do: for the code of a refusal, or else for its HTTP status.
 * Codes without words of their own are explained by the status they came with.
 */
export function errorWords(status: number, code?: string): Words {
	const known = (code && byCode[code]) || byCode[codeOfStatus[status] ?? 'unexpected'];
	return (known ?? byCode.unexpected)!();
}
