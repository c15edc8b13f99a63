import { describe, expect, it } from 'vitest';
import { clientAddress, networkOf } from './address.ts';

describe('clientAddress', () => {
	it('believes the peer and no header when no proxy is trusted', () => {
		expect(clientAddress('203.0.113.9', '198.51.100.1', [])).toBe('203.0.113.9');
		expect(clientAddress('203.0.113.9', '198.51.100.1', ['10.0.0.1'])).toBe('203.0.113.9');
	});

	it('takes the rightmost address that is not a trusted proxy', () => {
		const forged = '1.1.1.1, 2.2.2.2, 198.51.100.7, 10.0.0.2';
		expect(clientAddress('10.0.0.1', forged, ['10.0.0.0/8'])).toBe('198.51.100.7');
		expect(clientAddress('10.0.0.1', forged, ['10.0.0.1'])).toBe('10.0.0.2');
	});

	it('stays with the last proxy when the chain ends or is not an address', () => {
		expect(clientAddress('10.0.0.1', null, ['10.0.0.1'])).toBe('10.0.0.1');
		expect(clientAddress('10.0.0.1', 'unknown', ['10.0.0.1'])).toBe('10.0.0.1');
		expect(clientAddress('10.0.0.1', '<script>, 10.0.0.1', ['10.0.0.1'])).toBe('10.0.0.1');
	});

	it('sees through IPv4 written as IPv6, on both sides', () => {
		expect(clientAddress('::ffff:10.0.0.1', '198.51.100.7', ['10.0.0.1'])).toBe('198.51.100.7');
		expect(clientAddress('::ffff:198.51.100.7', null, [])).toBe('198.51.100.7');
	});
});

describe('networkOf', () => {
	it('counts an IPv4 address by itself and an IPv6 address by its /64', () => {
		expect(networkOf('198.51.100.7')).toBe('198.51.100.7');
		expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
		expect(networkOf('2001:0db8:0001:0002::1')).toBe('2001:db8:1:2::/64');
		expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
		expect(networkOf('::1')).toBe('0:0:0:0::/64');
		expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
	});
});
