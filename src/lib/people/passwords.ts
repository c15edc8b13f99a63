import { isCommon, isPersonal } from './common-passwords.ts';

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;

/** The form in which a password is counted, judged and hashed: the same on every keyboard. */
export function normalPassword(password: string): string {
	return password.normalize('NFKC');
}

/**
 * Why a new password cannot be used, as an error code; null when it can. `about` is what others know of
 * the person (name, address): a password made of that is as good as none.
 */
export function passwordProblem(password: string, about: readonly string[] = []): string | null {
	const normal = normalPassword(password);
	const length = [...normal].length;
	if (length < PASSWORD_MIN) return 'password_short';
	if (length > PASSWORD_MAX) return 'password_long';
	if (isCommon(normal)) return 'password_common';
	if (isPersonal(normal, about)) return 'password_personal';
	return null;
}
