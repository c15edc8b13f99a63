const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request may change something: it must come from our own pages. The browser says so with
 * `Origin` on every mutation (any body type, JSON too); a browser that sends none must at least
 * say `Sec-Fetch-Site: same-origin`.
 */
export function mayMutate(request: Request, ownOrigin: string): boolean {
	if (SAFE_METHODS.has(request.method)) return true;
	const origin = request.headers.get('origin');
	if (origin !== null) return origin === ownOrigin;
	return request.headers.get('sec-fetch-site') === 'same-origin';
}
