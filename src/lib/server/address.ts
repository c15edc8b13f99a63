import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Where a request comes from: the peer of the connection, unless the peer is one of our own proxies;
 * then the rightmost address of X-Forwarded-For that is not. Anything further left, the client may
 * have written itself.
 */
export function clientAddress(
	peer: string,
	forwardedFor: string | null | undefined,
	trustedProxies: readonly string[]
): string {
	const trusted = proxies(trustedProxies);
	let address = plain(peer);
	const chain = (forwardedFor ?? '').split(',').map((part) => plain(part.trim()));
	while (isIn(trusted, address)) {
		const next = chain.pop();
		if (next === undefined || !isIP(next)) break;
		address = next;
	}
	return address;
}

/** Whether the peer of a connection is one of our own proxies. */
export function isOurProxy(peer: string, trustedProxies: readonly string[]): boolean {
	return trustedProxies.length > 0 && isIn(proxies(trustedProxies), plain(peer));
}

/**
 * The network that limits count: an IPv4 address as it is, an IPv6 address by its first 64 bits,
 * since one household or host is given at least that many.
 */
export function networkOf(address: string): string {
	const bare = plain(address);
	if (!isIPv6(bare)) return bare;
	return `${expand(bare).slice(0, 4).join(':')}::/64`;
}

/** IPv4 in IPv6 clothes is the same address; a zone (`%eth0`) is not part of one. */
function plain(address: string): string {
	const bare = address.replace(/%.*$/, '').toLowerCase();
	return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1] ?? bare;
}

function expand(address: string): string[] {
	const [head = '', tail] = address.split('::');
	const left = head === '' ? [] : head.split(':');
	const right = tail === undefined || tail === '' ? [] : tail.split(':');
	const gap = tail === undefined ? 0 : 8 - left.length - right.length;
	const groups = [...left, ...Array<string>(Math.max(0, gap)).fill('0'), ...right];
	return groups.map((group) => group.replace(/^0+(?=.)/, ''));
}

function proxies(list: readonly string[]): BlockList {
	const found = new BlockList();
	for (const entry of list) {
		const [address = '', bits] = entry.split('/');
		const family = isIPv6(address) ? 'ipv6' : 'ipv4';
		if (bits === undefined)
			found.addAddress(plain(address), isIP(plain(address)) === 6 ? 'ipv6' : 'ipv4');
		else found.addSubnet(address, Number(bits), family);
	}
	return found;
}

function isIn(list: BlockList, address: string): boolean {
	const family = isIP(address);
	return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
