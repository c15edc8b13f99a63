const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: the address of a page of this site, or home. Anything that a browser
 * could read as another site's address, or that leads back to these doors, is not followed.
 */
export function safeNext(next: string | null | undefined): string {
	if (!next || !/^\/(?![/\\])/.test(next) || /[\p{Cc}\\]/u.test(next)) return '/';
	const url = new URL(next, HERE);
	if (url.origin !== HERE || /^\/(sign-in|sign-out|register|setup)(\/|$)/.test(url.pathname))
		return '/';
	return url.pathname + url.search + url.hash;
}
