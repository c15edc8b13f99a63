import { createHash, timingSafeEqual } from 'node:crypto';
import { clientAddress } from './address.ts';

/** Who asks for the figures. */
export interface Scrape {
	/** The peer of the connection. */
	peer: string;
	host: string | null;
	forwardedFor: string | null;
	authorization: string | null;
}

/**
 * Whether this request may see the figures: it brings the configured token, or comes from this very
 * machine. What a proxy on this machine passes on does not come from it: such a request carries a
 * foreign name or a forwarded address.
 */
export function mayScrape(
	{ peer, host, forwardedFor, authorization }: Scrape,
	config: { metricsToken: string | undefined; trustedProxies: readonly string[] }
): boolean {
	if (config.metricsToken !== undefined && authorization !== null) {
		return equal(authorization, `Bearer ${config.metricsToken}`);
	}
	const address = clientAddress(peer, forwardedFor, config.trustedProxies);
	return forwardedFor === null && isLoopback(address) && namesThisMachine(host ?? '');
}

function isLoopback(address: string): boolean {
	return address === '::1' || /^127(\.\d+){3}$/.test(address);
}

function namesThisMachine(host: string): boolean {
	const name = host.replace(/:\d+$/, '');
	return name === 'localhost' || isLoopback(name.replace(/^\[|\]$/g, ''));
}

function equal(one: string, other: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(one), digest(other));
}
