import { clientAddress, networkOf } from '#lib/server/address.ts';

/** What a sign-in or a registration needs to know of the request besides its words. */
export interface Caller {
	/** An IPv4 address or the /64 of an IPv6 one; counted against limits, never stored in clear. */
	network: string;
	/** Coarse description of the browser, for the person's own list of sessions. */
	device: string;
}

/** The caller of a request: `peer` is the address of the connection itself. */
export function callerOf(
	house: { config: { trustedProxies: string[] } },
	peer: string,
	headers: Headers
): Caller {
	const address = clientAddress(peer, headers.get('x-forwarded-for'), house.config.trustedProxies);
	return { network: networkOf(address), device: deviceOf(headers.get('user-agent')) };
}

const BROWSERS: [RegExp, string][] = [
	[/\bEdgA?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(Firefox|FxiOS)\//, 'Firefox'],
	[/(Chrome|CriOS|Chromium)\//, 'Chrome'],
	[/\bSafari\//, 'Safari']
];
const SYSTEMS: [RegExp, string][] = [
	[/\b(iPhone|iPod)\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bMac OS X\b/, 'macOS'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bLinux\b/, 'Linux']
];

/** Enough to recognise one's own browser (`Firefox · Linux`), too little to recognise a person. */
export function deviceOf(userAgent: string | null): string {
	const name = (list: [RegExp, string][]) =>
		list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
	return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(' · ');
}
