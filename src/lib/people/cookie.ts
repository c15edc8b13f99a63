/** The `__Host-` prefix: set by this very host, over a secure connection, for every path; nothing else. */
const SECURE_NAME = '__Host-folkmoot';
const PLAIN_NAME = 'folkmoot';

/** Name and attributes of the session's cookie on this site. */
export interface SessionCookie {
	name: string;
	options: {
		path: '/';
		httpOnly: true;
		sameSite: 'lax';
		secure: boolean;
		/** Seconds. The server ends the session earlier when it is idle. */
		maxAge: number;
	};
}

/**
 * The session's cookie for a site at `url`; the configured origin, if there is one, has the last word.
 * Secure on https and on this machine itself (browsers count localhost as secure); elsewhere over plain
 * http, browsers would drop a secure cookie, so an office network without certificates gets a plain one.
 */
export function sessionCookie(
	house: { config: { origin: string | undefined; sessionAbsoluteDays: number } },
	url: URL
): SessionCookie {
	const site = house.config.origin === undefined ? url : new URL(house.config.origin);
	const secure = site.protocol === 'https:' || isThisMachine(site.hostname);
	return {
		name: secure ? SECURE_NAME : PLAIN_NAME,
		options: {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure,
			maxAge: house.config.sessionAbsoluteDays * 86_400
		}
	};
}

/**
 * The session tokens a request carries, the secure cookie's first. The plain name counts only where we
 * may have set it: on an https site a neighbouring subdomain could have planted it.
 */
export function tokensIn(
	cookies: string | null | undefined | ((name: string) => string | undefined),
	origin: string | undefined
): string[] {
	const get = typeof cookies === 'function' ? cookies : readerOf(cookies ?? '');
	const names = origin?.startsWith('https:') ? [SECURE_NAME] : [SECURE_NAME, PLAIN_NAME];
	return names.map(get).filter((token): token is string => /^[0-9a-z]{32}$/.test(token ?? ''));
}

function readerOf(header: string): (name: string) => string | undefined {
	const pairs = header.split(';').map((pair) => pair.trim());
	return (name) => pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function isThisMachine(hostname: string): boolean {
	return (
		hostname === 'localhost' ||
		hostname.endsWith('.localhost') ||
		/^127(\.\d+){3}$/.test(hostname) ||
		hostname === '[::1]'
	);
}
